package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code plan} of 200 manifests, within the quota of AWS. */
final class PlannedFleetIT {

  private static final int MANIFESTS = 200;

  private final LambdaSimulator aws = LambdaSimulator.builder().requestsKept(5000).start();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void givenFunctions() throws IOException {
    StringBuilder manifests = new StringBuilder();
    for (int i = 0; i < MANIFESTS; i++) {
      aws.createFunction(FunctionSeed.zip("fn-" + i));
      manifests.append(
          """
          ---
          apiVersion: lambdaconfig.dev/v1alpha1
          kind: LambdaFunctionConfig
          metadata: {name: fn-%d}
          spec: {functionName: fn-%d, timeout: %d}
          """
              .formatted(i, i, i % 2 == 0 ? 3 : 30));
    }
    Files.writeString(folder.resolve("all.yaml"), manifests);
    aws.faults().rateLimit(15);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private PlanJar.Result plan() throws Exception {
    return PlanJar.of(folder, aws.endpoint())
        .plan("-f", folder.resolve("all.yaml").toString(), "-o", "json", "--quiet");
  }

  private static void assertPlanned(PlanJar.Result result) throws IOException {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.json().at("/summary/update").asInt()).isEqualTo(MANIFESTS / 2);
    assertThat(result.json().at("/summary/none").asInt()).isEqualTo(MANIFESTS / 2);
  }

  /** The quota of deployments, 15 requests a second, is left alone. */
  @Test
  void readsEachFunctionOnceFromTheQuotaOfGetFunction() throws Exception {
    PlanJar.Result result = plan();

    assertPlanned(result);
    assertThat(aws.requests().count("GetFunction")).isEqualTo(MANIFESTS);
    assertThat(aws.requests().all()).hasSize(MANIFESTS).noneMatch(LoggedRequest::isThrottled);
  }

  @Test
  void fallsBackToGetFunctionConfigurationWhereGetFunctionIsDenied() throws Exception {
    // Given
    aws.faults()
        .on("GetFunction")
        .always()
        .thenAnswer(403, "AccessDeniedException", "not authorized: lambda:GetFunction");

    // When
    PlanJar.Result result = plan();

    // Then
    assertPlanned(result);
    assertThat(aws.requests().count("GetFunction")).isOne();
    // One that AWS throttles is sent again.
    assertThat(
            aws
                .requests()
                .where(each -> each.operation().equals("GetFunctionConfiguration"))
                .stream()
                .filter(each -> !each.isThrottled()))
        .hasSize(MANIFESTS);
  }
}
