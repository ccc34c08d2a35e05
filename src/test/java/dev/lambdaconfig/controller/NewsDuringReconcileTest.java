package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.trigger.RequeueTimer;
import dev.lambdaconfig.debug.StateSizes;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** News of a resource is scheduled until a reconcile begins after it, and no longer. */
final class NewsDuringReconcileTest {

  private final InMemoryController controller = new InMemoryController();
  private final RequeueTimer timer = controller.eventSource(RequeueTimer.class);
  private final LambdaFunctionConfig resource =
      controller.create("team", "orders", "{functionName: fn, timeout: 9}");

  private void announce() {
    timer.scheduleAtTheLatest(ResourceID.fromResource(resource), Duration.ofMinutes(1));
  }

  private long news() {
    StateSizes sizes = new StateSizes();
    timer.sizes(sizes);
    return sizes.byName().getOrDefault("RequeueTimer.news", -1L);
  }

  @Test
  void theEndOfAReconcileThatMayNotKnowItLeavesIt() {
    // Given
    controller.aws.create("fn", "{Timeout: 3}");
    controller.aws.duringUpdate = this::announce;

    // When
    controller.reconcile(resource);

    // Then
    assertThat(controller.aws.updates).containsExactly("fn");
    assertThat(news()).isEqualTo(1);
  }

  @Test
  void theNextReconcileServesIt() {
    // Given
    controller.aws.create("fn", "{Timeout: 9}");
    announce();
    announce();
    assertThat(news()).isEqualTo(1);

    // When
    controller.reconcile(resource);

    // Then
    assertThat(news()).isZero();
  }
}
