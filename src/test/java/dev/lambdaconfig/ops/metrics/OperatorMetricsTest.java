package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ReconcileOutcome;
import dev.lambdaconfig.controller.report.UpdateOutcome;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of calls, updates, reconciles and resources. */
final class OperatorMetricsTest {

  private final MetricsFixture metrics = new MetricsFixture();

  @ParameterizedTest
  @CsvSource({
    ", Success",
    "THROTTLED, Throttled",
    "BUSY, Conflict",
    "STALE_REVISION, StaleRevision",
    "NOT_FOUND, NotFound",
    "DENIED, Denied",
    "TRANSIENT, Unavailable",
    "PROPAGATING_POLICY, Refused",
    "PROPAGATING_NETWORK, Refused",
    "PROPAGATING_ID, Refused",
    "REFUSED, Refused"
  })
  void callsAreCountedByWhatCameOfThem(FailureKind failure, String outcome) {
    // When
    metrics.call("UpdateFunctionConfiguration", "eu-west-1", failure);

    // Then
    assertThat(metrics.scrape().all("lambdaconfig_aws_requests_seconds_count"))
        .containsExactly(
            new Scrape.Sample(
                "lambdaconfig_aws_requests_seconds_count",
                new TreeMap<>(
                    Map.of(
                        "operation", "UpdateFunctionConfiguration",
                        "region", "eu-west-1",
                        "outcome", outcome)),
                1));
  }

  @Test
  void ofTheReasonsOnlyTheMostFrequentAreTold() {
    // Given
    Map<String, Integer> reasons =
        IntStream.range(0, 45).boxed().collect(Collectors.toMap(i -> "Reason" + i, i -> 100 + i));

    // When
    metrics.stalled(reasons);

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.all("lambdaconfig_resources_stalled")).hasSize(ResourceMetrics.REASONS + 1);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Reason44")))
        .isEqualTo(144);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Other")))
        .isEqualTo(IntStream.range(100, 115).sum());
  }

  @Test
  void resourcesAreNotCountedForEachReader() {
    // When
    metrics.scrape();
    metrics.scrape();

    // Then
    assertThat(metrics.counted()).isEqualTo(1);
  }

  @Test
  void whoStandsByTellsOfNoResources() {
    // Given
    metrics.stalled(Map.of("AccessDeniedException", 3));

    // When
    metrics.standsBy();

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.sum("lambdaconfig_leader", Map.of())).isZero();
    assertThat(scrape.names())
        .contains("lambdaconfig_leader")
        .doesNotContain("lambdaconfig_resources", "lambdaconfig_resources_stalled");
  }

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
  void passesAreCountedByWhatTheyCameTo() {
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

  @Test
  void whatHangsIsTold() {
    // When
    metrics.unfinishedFor(Duration.ofMinutes(7));

    // Then
    assertThat(metrics.scrape().sum("lambdaconfig_oldest_unfinished_pass_seconds", Map.of()))
        .isEqualTo(420);
  }
}
