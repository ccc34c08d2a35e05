package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.plan.Redaction;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AWS keeps why an update failed after the spec that it was for is gone, with its values. */
final class EarlierSpecRedactionIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aValueOfAnEarlierSpecIsToldNowhereAlsoAfterARestart() throws Exception {
    // Given: an update that AWS accepts, that fails, and whose reason repeats what it sent
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdateAndRestore("It ended with AA=" + Canary.value("earlier"), "FunctionError");
    stage.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {AA: " + Canary.value("earlier") + "}}");
    stage.awaitStalled("orders", "FunctionError");
    Canary.toldByTheCluster(stage).forEach(Canary::requireNone);

    // When: the spec no longer says that value, and the function never had it
    long changed =
        stage.apply("orders", "functionName: orders\ntimeout: 3").getMetadata().getGeneration();

    // Then
    awaitObserved(changed);
    assertThat(stage.status("orders").lastUpdateStatusReason).isEqualTo(Redaction.WITHHELD_UNKNOWN);
    assertThat(stage.status("orders").lastUpdateStatusReasonCode).isEqualTo("FunctionError");
    Canary.toldByTheCluster(stage).forEach(Canary::requireNone);

    // And when: nobody remembers
    stage.stopOperator();
    stage.startOperator();
    stage
        .resource("orders")
        .edit(
            resource -> {
              resource
                  .getMetadata()
                  .setAnnotations(Map.of("lambdaconfig.dev/reconcile-requested-at", "later"));
              return resource;
            });

    // Then
    stage.await(
        "orders",
        "to have answered",
        resource -> "later".equals(stage.status("orders").lastHandledReconcileAt));
    Canary.toldByTheCluster(stage).forEach(Canary::requireNone);
  }

  private void awaitObserved(long generation) {
    stage.await(
        "orders",
        "to have acted on its new spec",
        resource -> Long.valueOf(generation).equals(stage.status("orders").observedGeneration));
  }
}
