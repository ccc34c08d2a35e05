package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finalizer that was taken off comes back, whether or not the function needs an update. */
final class LostFinalizerIT {

  private static final String FINALIZER = "lambdaconfig.dev/restore";
  private static final String RESTORE =
      "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30";
  private static final String WITH_VARIABLES =
      RESTORE + "\nenvironment: {variables: {BOTH: canary-after}}";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withRestoreTimeout(Duration.ofSeconds(4));

  private final ResourceClient resources = operator.resources();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "functionName: orders\ndeletionPolicy: Restore\nmode: Observe\ntimeout: 30",
        "functionName: orders\ntimeout: 30"
      })
  void afterATimeOfObservingOrRetainingADeletionRestores(String meanwhile) {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");
    resources.apply("orders", meanwhile);
    awaitFinalizer(false);
    resources.apply("orders", RESTORE);
    awaitFinalizer(true);
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();

    // Then
    assertRestored();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterAReplacementOfTheObjectADeletionRestores(boolean operatorIsAway) throws Exception {
    // Given: as kubectl replace does, and Argo CD with Replace=true
    operator.aws().createFunction(RestorableFunction.SEED);
    resources.apply("orders", WITH_VARIABLES);
    resources.awaitReady("orders");
    if (operatorIsAway) {
      operator.stop();
    }
    resources.load("orders", WITH_VARIABLES).update();
    if (operatorIsAway) {
      assertThat(resources.get("orders").getMetadata().getFinalizers()).isEmpty();
      operator.start();
    }
    awaitFinalizer(true);
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();

    // Then
    assertRestored();
    assertThat(operator.aws().function("orders").at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-before\",\"OLD\":\"canary-old\"}");
  }

  @Test
  void aResourceWhoseFunctionCannotBeReadHasItToo() {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");

    // When
    resources.load("orders", RESTORE + "\nserviceAccountName: nobody").update();

    // Then: nothing can be read, and the deletion is not to overtake that
    awaitFinalizer(true);
  }

  private void awaitFinalizer(boolean isOn) {
    resources.await(
        "orders",
        isOn ? "to have its finalizer" : "to lose its finalizer",
        resource -> resource.getMetadata().getFinalizers().contains(FINALIZER) == isOn);
  }

  /** Requires one update, after which the function is as before the first one. */
  private void assertRestored() {
    resources.awaitGone("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(7);
  }
}
