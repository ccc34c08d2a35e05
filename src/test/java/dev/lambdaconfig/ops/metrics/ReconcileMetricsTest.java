package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ReconcileOutcome;
import dev.lambdaconfig.controller.report.UpdateOutcome;
import dev.lambdaconfig.decision.history.Cause;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metrics of reconciles, updates and drifts. */
final class ReconcileMetricsTest {

  private final MetricsFixture metrics = new MetricsFixture();

  @Test
  void theFirstUpdateIsARiseFromZero() {
    // Given
    Map<String, String> labels = Map.of("cause", "SpecChanged", "outcome", "Refused");
    assertThat(metrics.scrape().all("lambdaconfig_updates_total"))
        .hasSize((Cause.values().length + 1) * UpdateOutcome.values().length);
    assertThat(metrics.scrape().sum("lambdaconfig_updates_total", labels)).isZero();

    // When
    metrics.listeners().passes().updateEnded(Cause.SpecChanged, UpdateOutcome.Refused);
    metrics.listeners().passes().updateEnded(null, UpdateOutcome.Failed);

    // Then
    assertThat(metrics.scrape().sum("lambdaconfig_updates_total", labels)).isEqualTo(1);
    assertThat(metrics.scrape().sum("lambdaconfig_updates_total", Map.of("cause", "Unknown")))
        .isEqualTo(1);
  }

  @Test
  void reconcilesAreCountedByTheirOutcome() {
    // When
    metrics.listeners().passes().decided(ReconcileOutcome.Postponed);
    metrics.listeners().passes().ended(Duration.ofMillis(5), false);
    metrics.listeners().passes().ended(Duration.ofMillis(5), true);

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.all("lambdaconfig_plans_total")).hasSize(ReconcileOutcome.values().length);
    assertThat(scrape.sum("lambdaconfig_plans_total", Map.of("outcome", "Postponed"))).isEqualTo(1);
    assertThat(scrape.sum("lambdaconfig_passes_seconds_count", Map.of("outcome", "Failed")))
        .isEqualTo(1);
  }

  @Test
  void driftsFallIntoAHistogram() {
    // When
    metrics.listeners().passes().driftSettled(Duration.ofSeconds(4));

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.sum("lambdaconfig_drift_seconds_bucket", Map.of("le", "2.0"))).isZero();
    assertThat(scrape.sum("lambdaconfig_drift_seconds_bucket", Map.of("le", "5.0"))).isEqualTo(1);
    assertThat(scrape.sum("lambdaconfig_drift_seconds_sum", Map.of())).isEqualTo(4);
  }
}
