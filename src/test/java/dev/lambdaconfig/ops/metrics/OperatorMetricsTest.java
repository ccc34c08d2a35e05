package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.ReconcileOutcome;
import dev.lambdaconfig.controller.UpdateOutcome;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What /metrics tells of what happened, and that it does not grow without bound. */
final class OperatorMetricsTest {

  private static final String CALLS = "lambdaconfig_aws_requests_seconds_count";

  private final MetricsFixture told = new MetricsFixture();

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
    told.call("UpdateFunctionConfiguration", "eu-west-1", failure);

    // Then
    assertThat(told.scrape().all("lambdaconfig_aws_requests_seconds_count"))
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
  void aRegionThatIsCalledLaterShowsUpThen() {
    // Given
    told.read("eu-west-1");
    assertThat(regions("lambdaconfig_budget_requests_per_second")).containsExactly("eu-west-1");

    // When
    told.read("us-east-1");

    // Then
    assertThat(regions("lambdaconfig_budget_requests_per_second"))
        .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
    assertThat(regions("lambdaconfig_endpoint_available"))
        .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
  }

  @Test
  void aRegionThatNobodyUsesAnyMoreIsReadOnceMoreAndGoes() {
    // Given
    for (String region : List.of("eu-west-1", "us-east-1")) {
      told.read(region);
      told.call("GetFunction", region, null);
      told.listeners().rounds().swept(region, Duration.ofSeconds(1), 2, 0);
      told.paused(region, false, 0);
    }
    told.scrape();

    // When
    told.leave("us-east-1");
    Scrape last = told.scrape();
    Scrape after = told.scrape();

    // Then
    assertThat(last.sum(CALLS, Map.of("region", "us-east-1"))).isEqualTo(1);
    assertThat(
            after.samples().stream()
                .map(sample -> sample.labels().get("region"))
                .filter(Objects::nonNull))
        .containsOnly("eu-west-1");

    // When
    told.read("us-east-1");
    told.call("GetFunction", "us-east-1", null);

    // Then
    assertThat(told.scrape().sum(CALLS, Map.of("region", "us-east-1"))).isEqualTo(1);
  }

  @Test
  void regionsBeyondThoseOfAwsHaveOneLabelThatGoesWithTheLast() {
    // Given
    for (int i = 0; i < 60; i++) {
      told.read("zz-aaa-" + i);
    }
    told.scrape();
    told.read("zz-bbb-1");
    told.read("zz-bbb-2");
    told.call("GetFunction", "zz-bbb-1", null);
    told.call("GetFunction", "zz-bbb-2", null);

    // When
    Scrape many = told.scrape();
    told.leave("zz-bbb-1");
    told.scrape();
    Scrape fewer = told.scrape();
    told.leave("zz-bbb-2");
    told.scrape();
    Scrape none = told.scrape();

    // Then
    assertThat(many.sum(CALLS, Map.of("region", "other"))).isEqualTo(2);
    assertThat(fewer.sum(CALLS, Map.of("region", "other"))).isEqualTo(2);
    assertThat(none.all(CALLS)).isEmpty();
  }

  @Test
  void aGaugeTellsWhatIsSoNowAndNoMore() {
    // Given
    told.sweeps(MetricsFixture.state(true, false, 30));
    assertThat(told.scrape().sum("lambdaconfig_sweep_age_seconds", Map.of())).isEqualTo(30);

    // When
    told.sweeps(MetricsFixture.state(false, true, 90));

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.all("lambdaconfig_sweep_age_seconds")).isEmpty();
    assertThat(scrape.all("lambdaconfig_sweep_listing"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.value()).isZero());
    assertThat(scrape.sum("lambdaconfig_sweep_refused", Map.of())).isEqualTo(1);
  }

  @Test
  void functionsOfARegionAreShownWhileTheyAreListed() {
    // Given
    told.listeners().rounds().swept("eu-west-1", Duration.ofSeconds(3), 200, 2);
    told.listeners().rounds().swept("eu-west-1", Duration.ofSeconds(3), 210, 1);

    // When
    told.sweeps(MetricsFixture.state(true, false, 1));

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.sum("lambdaconfig_sweep_functions", Map.of())).isEqualTo(210);
    assertThat(scrape.sum("lambdaconfig_sweep_changed_total", Map.of())).isEqualTo(3);
    assertThat(scrape.sum("lambdaconfig_sweep_duration_seconds_count", Map.of())).isEqualTo(2);
  }

  @Test
  void regionsThatManifestsMakeUpAreOne() {
    // When
    for (int i = 0; i < 500; i++) {
      told.call("GetFunctionConfiguration", "xx-made-" + i, FailureKind.TRANSIENT);
      told.read("xx-made-" + i);
    }

    // Then
    assertThat(regions("lambdaconfig_aws_requests_seconds_count"))
        .hasSize(RegionLabels.MOST + 1)
        .contains(RegionLabels.OTHER);
    assertThat(regions("lambdaconfig_budget_waiting")).hasSize(RegionLabels.MOST + 1);
    assertThat(told.scrape().sum("lambdaconfig_aws_requests_seconds_count", Map.of()))
        .isEqualTo(500);
  }

  @Test
  void ofTheReasonsOnlyTheMostFrequentAreTold() {
    // Given
    Map<String, Integer> reasons =
        IntStream.range(0, 45).boxed().collect(Collectors.toMap(i -> "Reason" + i, i -> 100 + i));

    // When
    told.stalled(reasons);

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.all("lambdaconfig_resources_stalled")).hasSize(ResourceMetrics.REASONS + 1);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Reason44")))
        .isEqualTo(144);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Other")))
        .isEqualTo(IntStream.range(100, 115).sum());
  }

  @Test
  void resourcesAreNotCountedForEachReader() {
    // When
    told.scrape();
    told.scrape();

    // Then
    assertThat(told.counted()).isEqualTo(1);
  }

  @Test
  void whoStandsByTellsOfNoResources() {
    // Given
    told.stalled(Map.of("AccessDeniedException", 3));

    // When
    told.standsBy();

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.sum("lambdaconfig_leader", Map.of())).isZero();
    assertThat(scrape.names())
        .contains("lambdaconfig_leader")
        .doesNotContain("lambdaconfig_resources", "lambdaconfig_resources_stalled");
  }

  @Test
  void theFirstUpdateIsARiseFromZero() {
    // Given
    Map<String, String> labels = Map.of("cause", "SpecChanged", "outcome", "Refused");
    assertThat(told.scrape().all("lambdaconfig_updates_total"))
        .hasSize((Cause.values().length + 1) * UpdateOutcome.values().length);
    assertThat(told.scrape().sum("lambdaconfig_updates_total", labels)).isZero();

    // When
    told.listeners().passes().updateEnded(Cause.SpecChanged, UpdateOutcome.Refused);
    told.listeners().passes().updateEnded(null, UpdateOutcome.Failed);

    // Then
    assertThat(told.scrape().sum("lambdaconfig_updates_total", labels)).isEqualTo(1);
    assertThat(told.scrape().sum("lambdaconfig_updates_total", Map.of("cause", "Unknown")))
        .isEqualTo(1);
  }

  @Test
  void passesAreCountedByWhatTheyCameTo() {
    // When
    told.listeners().passes().decided(ReconcileOutcome.Postponed);
    told.listeners().passes().ended(Duration.ofMillis(5), false);
    told.listeners().passes().ended(Duration.ofMillis(5), true);

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.all("lambdaconfig_plans_total")).hasSize(ReconcileOutcome.values().length);
    assertThat(scrape.sum("lambdaconfig_plans_total", Map.of("outcome", "Postponed"))).isEqualTo(1);
    assertThat(scrape.sum("lambdaconfig_passes_seconds_count", Map.of("outcome", "Failed")))
        .isEqualTo(1);
  }

  @Test
  void driftsFallIntoAHistogram() {
    // When
    told.listeners().passes().driftSettled(Duration.ofSeconds(4));

    // Then
    Scrape scrape = told.scrape();
    assertThat(scrape.sum("lambdaconfig_drift_seconds_bucket", Map.of("le", "2.0"))).isZero();
    assertThat(scrape.sum("lambdaconfig_drift_seconds_bucket", Map.of("le", "5.0"))).isEqualTo(1);
    assertThat(scrape.sum("lambdaconfig_drift_seconds_sum", Map.of())).isEqualTo(4);
  }

  @Test
  void aRegionIsPausedIfUpdatesOfAnyNamespaceInItAre() {
    // Given
    told.read("eu-west-1");
    told.read("eu-north-1");
    told.read("us-east-1");

    // When
    told.paused("eu-west-1", true, 0);
    told.paused("eu-north-1", false, 2);
    told.paused("us-east-1", false, 0);

    // Then
    Scrape scrape = told.scrape();
    String paused = "lambdaconfig_updates_paused";
    assertThat(scrape.sum(paused, Map.of("region", "eu-west-1"))).isEqualTo(1);
    assertThat(scrape.sum(paused, Map.of("region", "eu-north-1"))).isEqualTo(1);
    assertThat(scrape.sum(paused, Map.of("region", "us-east-1"))).isZero();
    String namespaces = "lambdaconfig_updates_paused_namespaces";
    assertThat(scrape.sum(namespaces, Map.of("region", "eu-west-1"))).isZero();
    assertThat(scrape.sum(namespaces, Map.of("region", "eu-north-1"))).isEqualTo(2);
    assertThat(scrape.sum(namespaces, Map.of("region", "us-east-1"))).isZero();
  }

  @Test
  void whatHangsIsTold() {
    // When
    told.unfinishedFor(Duration.ofMinutes(7));

    // Then
    assertThat(told.scrape().sum("lambdaconfig_oldest_unfinished_pass_seconds", Map.of()))
        .isEqualTo(420);
  }

  private Set<String> regions(String name) {
    return told.scrape().all(name).stream()
        .map(sample -> sample.labels().getOrDefault("region", "(none)"))
        .collect(Collectors.toSet());
  }
}
