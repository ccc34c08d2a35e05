package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The endpoint answers 200 and describes nothing: nothing is learned from that. */
final class EmptyAnswerIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void whatADeletionRestoresIsTakenFromADescription() throws Exception {
    // Given
    operator.aws().createFunction(RestorableFunction.SEED);
    FaultRule empty = operator.aws().faults().onReads().of("orders").always().thenAnswerNothing();
    operator.start();
    resources.apply(
        "orders",
        """
        functionName: orders
        deletionPolicy: Restore
        timeout: 30
        memorySize: 1024
        environment: {variables: {NEW: canary-new}}
        """);
    resources.awaitReason("orders", "ClientError");
    assertThat(resources.status("orders").baseline).isNull();
    assertThat(operator.aws().requests().updates()).isEmpty();

    // When
    empty.cancel();
    resources.awaitReady("orders");
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(7);
    assertThat(operator.aws().function("orders").path("MemorySize").asInt()).isEqualTo(512);
    assertThat(operator.aws().function("orders").at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-before\",\"OLD\":\"canary-old\"}");
  }

  @Test
  void anUnguardedMergeKeepsTheVariablesOfOthers() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true);
    operator.aws().createFunction(RestorableFunction.SEED);
    FaultRule empty = operator.aws().faults().onReads().of("orders").times(2).thenAnswerNothing();
    operator.start(new RunOptions(Duration.ofSeconds(1), 0, Set.of(operator.namespace()), true));

    // When
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {policy: Merge, variables: {LOG_LEVEL: debug}}");

    // Then
    resources.awaitReady("orders");
    assertThat(empty.hits()).isEqualTo(2);
    assertThat(operator.aws().function("orders").at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-before\",\"LOG_LEVEL\":\"debug\",\"OLD\":\"canary-old\"}");
  }

  @Test
  void defaultsThatNobodyReadAreNotReady() throws Exception {
    // Given: what is declared is AWS's default, and the function has something else
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 77));
    operator.aws().faults().onReads().of("orders").always().thenAnswerNothing();
    operator.start();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 3");

    // Then
    resources.awaitReason("orders", "ClientError");
    assertThat(resources.condition("orders", "Ready"))
        .hasMessageContaining("describes no function")
        .hasMessageContaining("AWS_ENDPOINT_URL");
    assertThat(resources.condition("orders", "Reconciling")).isTrue();
    assertThat(resources.status("orders").functionArn).isNull();
    assertThat(resources.status("orders").drift).isNull();
  }

  @Test
  void anUpdateWhoseAnswerSaysNothingIsSentOnce() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().always().thenAnswerNothing();
    operator.start();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }
}
