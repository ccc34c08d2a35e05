package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ConditionCounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The resources as the metrics show them, by a clock that a test moves. */
final class ResourceMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(-3);
  private final ResourceMetrics metrics = new ResourceMetrics(registry, nanos::get);
  private int counted;

  @Test
  void eachConditionAndEachReasonIsARow() {
    // When
    metrics.show(this::count, true);

    // Then
    assertThat(gauge("lambdaconfig.resources", "condition", "Ready").value()).isEqualTo(5);
    assertThat(gauge("lambdaconfig.resources.stalled", "reason", "AccessDeniedException").value())
        .isEqualTo(2);
    assertThat(gauge("lambdaconfig.resources.retrying", "reason", "ServiceException").value())
        .isEqualTo(3);
    assertThat(registry.get("lambdaconfig.oldest.difference").gauge().value()).isEqualTo(1.5);
  }

  @Test
  void aCountIsFreshForFiveSeconds() {
    // Given
    metrics.show(this::count, true);

    // When
    nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
    metrics.show(this::count, true);

    // Then
    assertThat(counted).isEqualTo(1);

    // When
    nanos.addAndGet(1);
    metrics.show(this::count, true);

    // Then
    assertThat(counted).isEqualTo(2);
  }

  @Test
  void anOperatorThatStandsByShowsNoResources() {
    // Given
    metrics.show(this::count, true);

    // When
    metrics.show(this::count, false);

    // Then
    assertThat(registry.getMeters()).isEmpty();
    assertThat(counted).isEqualTo(1);
  }

  private ConditionCounts count() {
    counted++;
    return new ConditionCounts(
        Map.of("Ready", Map.of("True", 5)),
        Map.of("AccessDeniedException", 2),
        Map.of("ServiceException", 3),
        Duration.ofMillis(1500));
  }

  private Gauge gauge(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).gauge();
  }
}
