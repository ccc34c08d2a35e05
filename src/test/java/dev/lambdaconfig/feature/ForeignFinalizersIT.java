package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finalizers of others are not in the cache, and stay on the resource. */
final class ForeignFinalizersIT {

  private static final String OWN = "lambdaconfig.dev/restore";
  private static final String FIRST = "foreign.example/first";
  private static final String LAST = "foreign.example/last";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();

  @Test
  void onlyTheOwnFinalizerIsTakenOffAfterARestore() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 7));
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    resources.awaitReady("orders");
    finalizers(List.of(FIRST, OWN, LAST));

    // When
    resources.resource("orders").delete();

    // Then
    resources.await(
        "orders",
        "to have only the finalizers of others",
        resource -> resource.getMetadata().getFinalizers().equals(List.of(FIRST, LAST)));
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(7);

    // When
    finalizers(List.of());

    // Then
    resources.awaitGone("orders");
  }

  @Test
  void oneThatOnlyOthersHoldKeepsItsFunctionFromNobody() {
    // Given
    operator.givenInSync("orders", "timeout: 30");
    finalizers(List.of(FIRST));
    resources.awaitNextSecond();
    resources.apply("second", "functionName: orders\ntimeout: 9");
    resources.awaitStalled("second", "Conflict");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitReady("second");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(9);
    finalizers(List.of());
    resources.awaitGone("orders");
  }

  @Test
  void oneThatIsRestoredAndThenHeldByOthersKeepsItsFunctionUntilItIsRestored() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 7));
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    resources.awaitReady("orders");
    finalizers(List.of(FIRST, OWN));
    resources.awaitNextSecond();
    resources.apply("second", "functionName: orders\ndescription: of the second");
    resources.awaitStalled("second", "Conflict");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitReady("second");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(7);
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.memberNames().contains("Description"))
        .as("the restore comes before the other resource's update")
        .endsWith(false, true);
    finalizers(List.of());
    resources.awaitGone("orders");
  }

  private void finalizers(List<String> finalizers) {
    resources
        .resource("orders")
        .edit(
            resource -> {
              resource.getMetadata().setFinalizers(finalizers);
              return resource;
            });
  }
}
