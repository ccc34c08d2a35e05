package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics with a label {@code region}, whose number is bounded. */
final class RegionMetricsTest {

  private static final String CALLS = "lambdaconfig_aws_requests_seconds_count";

  private final MetricsFixture metrics = new MetricsFixture();

  @Test
  void aRegionThatIsCalledLaterShowsUpThen() {
    // Given
    metrics.read("eu-west-1");
    assertThat(regions("lambdaconfig_budget_requests_per_second")).containsExactly("eu-west-1");

    // When
    metrics.read("us-east-1");

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
      metrics.read(region);
      metrics.call("GetFunction", region, null);
      metrics.listeners().rounds().swept(region, Duration.ofSeconds(1), 2, 0);
      metrics.paused(region, false, 0);
    }
    metrics.scrape();

    // When
    metrics.leave("us-east-1");
    Scrape last = metrics.scrape();
    Scrape after = metrics.scrape();

    // Then
    assertThat(last.sum(CALLS, Map.of("region", "us-east-1"))).isEqualTo(1);
    assertThat(
            after.samples().stream()
                .map(sample -> sample.labels().get("region"))
                .filter(Objects::nonNull))
        .containsOnly("eu-west-1");

    // When
    metrics.read("us-east-1");
    metrics.call("GetFunction", "us-east-1", null);

    // Then
    assertThat(metrics.scrape().sum(CALLS, Map.of("region", "us-east-1"))).isEqualTo(1);
  }

  @Test
  void regionsBeyondThoseOfAwsHaveOneLabelThatGoesWithTheLast() {
    // Given
    for (int i = 0; i < 60; i++) {
      metrics.read("zz-aaa-" + i);
    }
    metrics.scrape();
    metrics.read("zz-bbb-1");
    metrics.read("zz-bbb-2");
    metrics.call("GetFunction", "zz-bbb-1", null);
    metrics.call("GetFunction", "zz-bbb-2", null);

    // When
    Scrape many = metrics.scrape();
    metrics.leave("zz-bbb-1");
    metrics.scrape();
    Scrape fewer = metrics.scrape();
    metrics.leave("zz-bbb-2");
    metrics.scrape();
    Scrape none = metrics.scrape();

    // Then
    assertThat(many.sum(CALLS, Map.of("region", "other"))).isEqualTo(2);
    assertThat(fewer.sum(CALLS, Map.of("region", "other"))).isEqualTo(2);
    assertThat(none.all(CALLS)).isEmpty();
  }

  @Test
  void aGaugeTellsWhatIsSoNowAndNoMore() {
    // Given
    metrics.sweeps(MetricsFixture.state(true, false, 30));
    assertThat(metrics.scrape().sum("lambdaconfig_sweep_age_seconds", Map.of())).isEqualTo(30);

    // When
    metrics.sweeps(MetricsFixture.state(false, true, 90));

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.all("lambdaconfig_sweep_age_seconds")).isEmpty();
    assertThat(scrape.all("lambdaconfig_sweep_listing"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.value()).isZero());
    assertThat(scrape.sum("lambdaconfig_sweep_refused", Map.of())).isEqualTo(1);
  }

  @Test
  void functionsOfARegionAreShownWhileTheyAreListed() {
    // Given
    metrics.listeners().rounds().swept("eu-west-1", Duration.ofSeconds(3), 200, 2);
    metrics.listeners().rounds().swept("eu-west-1", Duration.ofSeconds(3), 210, 1);

    // When
    metrics.sweeps(MetricsFixture.state(true, false, 1));

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.sum("lambdaconfig_sweep_functions", Map.of())).isEqualTo(210);
    assertThat(scrape.sum("lambdaconfig_sweep_changed_total", Map.of())).isEqualTo(3);
    assertThat(scrape.sum("lambdaconfig_sweep_duration_seconds_count", Map.of())).isEqualTo(2);
  }

  @Test
  void regionsThatManifestsMakeUpAreOne() {
    // Given
    Failure unreachable = new Failure(Failure.ENDPOINT_UNREACHABLE, null, 0, null);

    // When
    for (int i = 0; i < 500; i++) {
      metrics.call("GetFunctionConfiguration", "xx-made-" + i, unreachable);
      metrics.read("xx-made-" + i);
    }

    // Then
    assertThat(regions("lambdaconfig_aws_requests_seconds_count"))
        .hasSize(RegionLabels.MOST + 1)
        .contains(RegionLabels.OTHER);
    assertThat(regions("lambdaconfig_budget_waiting")).hasSize(RegionLabels.MOST + 1);
    assertThat(metrics.scrape().sum("lambdaconfig_aws_requests_seconds_count", Map.of()))
        .isEqualTo(500);
  }

  @Test
  void aRegionIsPausedIfUpdatesOfAnyNamespaceInItAre() {
    // Given
    metrics.read("eu-west-1");
    metrics.read("eu-north-1");
    metrics.read("us-east-1");

    // When
    metrics.paused("eu-west-1", true, 0);
    metrics.paused("eu-north-1", false, 2);
    metrics.paused("us-east-1", false, 0);

    // Then
    Scrape scrape = metrics.scrape();
    String paused = "lambdaconfig_updates_paused";
    assertThat(scrape.sum(paused, Map.of("region", "eu-west-1"))).isEqualTo(1);
    assertThat(scrape.sum(paused, Map.of("region", "eu-north-1"))).isEqualTo(1);
    assertThat(scrape.sum(paused, Map.of("region", "us-east-1"))).isZero();
    String namespaces = "lambdaconfig_updates_paused_namespaces";
    assertThat(scrape.sum(namespaces, Map.of("region", "eu-west-1"))).isZero();
    assertThat(scrape.sum(namespaces, Map.of("region", "eu-north-1"))).isEqualTo(2);
    assertThat(scrape.sum(namespaces, Map.of("region", "us-east-1"))).isZero();
  }

  private Set<String> regions(String name) {
    return metrics.scrape().all(name).stream()
        .map(sample -> sample.labels().getOrDefault("region", "(none)"))
        .collect(Collectors.toSet());
  }
}
