package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource that goes while its reconcile runs. */
final class DeletedDuringReconcileTest {

  private final InMemoryController controller = new InMemoryController();

  @Test
  void leavesNothingInTheBreakersOfItsRegion() {
    // Given
    controller.aws.create("fn", "{Timeout: 3}");
    LambdaFunctionConfig resource =
        controller.create("team", "orders", "{functionName: fn, timeout: 9}");
    controller.aws.duringUpdate = () -> controller.delete(resource);

    // When
    controller.reconcile(resource);

    // Then
    assertThat(controller.aws.updates).containsExactly("fn");
    List<String> regions = new ArrayList<>();
    controller.view.showPauses((region, all, namespaces) -> regions.add(region));
    assertThat(regions).isEmpty();
  }
}
