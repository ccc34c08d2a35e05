package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code export} works with the policy of deploy/iam/export.json, uses all of it, and no more. */
final class ExportRightsIT {

  private final LambdaSimulator aws = LambdaSimulator.start();
  private final ExportRunner export = ExportRunner.of(aws.endpoint());
  private final List<IamAction> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void thePolicyOfTheExportIsEnoughForAllOfIt() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders").with("Tags", Map.of("team", "a")));
    IamPolicy policy = IamPolicy.of(Path.of("deploy/iam/export.json"));
    aws.faults()
        .onAnything()
        .when(
            call -> {
              List<IamAction> actions = new ArrayList<>(IamAction.of(call));
              asked.addAll(actions);
              return !actions.stream().allMatch(policy::allows);
            })
        .always()
        .thenAnswer(403, "AccessDeniedException", "not authorized by the policy of this test");

    // When
    ExportRunner.Result listed = export.run("--tag", "team=a");
    ExportRunner.Result named = export.reading("orders").run("--from-file", "-");

    // Then
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(named.exitCode()).as(named.err()).isZero();
    assertThat(listed.out()).isEqualTo(named.out()).contains("functionName: orders");
    assertThat(policy.allowances())
        .allSatisfy(allowance -> assertThat(asked).anyMatch(allowance::isFor));
  }
}
