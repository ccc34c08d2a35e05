package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.plan.redaction.Redaction;
import dev.lambdaconfig.simulator.FunctionSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reason of a failed update repeats values of a spec that has changed since. */
final class EarlierSpecRedactionIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aValueOfAnEarlierSpecIsToldNowhereAlsoAfterARestart() throws Exception {
    // Given: an update that AWS accepts, that fails, and whose reason repeats what it sent
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdateAndRestore("It ended with AA=" + Canary.value("earlier"), "FunctionError");
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {AA: " + Canary.value("earlier") + "}}");
    resources.awaitStalled("orders", "FunctionError");
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);

    // When: the spec no longer has that value, and the function never had it
    long changed =
        resources.apply("orders", "functionName: orders\ntimeout: 3").getMetadata().getGeneration();

    // Then
    awaitObserved(changed);
    assertThat(resources.status("orders").lastUpdateStatusReason)
        .isEqualTo(Redaction.WITHHELD_UNKNOWN);
    assertThat(resources.status("orders").lastUpdateStatusReasonCode).isEqualTo("FunctionError");
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);

    // And when: the operator has restarted
    operator.stop();
    operator.start();
    resources.requestReconcile("orders", "later");

    // Then
    resources.awaitHandled("orders", "later");
    Canary.reportedByTheCluster(operator).forEach(Canary::requireNone);
  }

  private void awaitObserved(long generation) {
    resources.await(
        "orders",
        "to have acted on its new spec",
        resource -> Long.valueOf(generation).equals(resources.status("orders").observedGeneration));
  }
}
