package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache holds no finalizers but the operator's own, and the others stay all the same. */
final class ForeignFinalizersIT {

  private static final String OWN = "lambdaconfig.dev/restore";
  private static final String FIRST = "foreign.example/first";
  private static final String LAST = "foreign.example/last";

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void onlyTheOwnFinalizerIsTakenOffAfterARestore() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 7));
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    finalizers(List.of(FIRST, OWN, LAST));

    // When
    stage.resource("orders").delete();

    // Then
    stage.await(
        "orders",
        "to have only the finalizers of others",
        resource -> resource.getMetadata().getFinalizers().equals(List.of(FIRST, LAST)));
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(7);

    // When
    finalizers(List.of());

    // Then
    stage.awaitGone("orders");
  }

  private void finalizers(List<String> finalizers) {
    stage
        .resource("orders")
        .edit(
            resource -> {
              resource.getMetadata().setFinalizers(finalizers);
              return resource;
            });
  }
}
