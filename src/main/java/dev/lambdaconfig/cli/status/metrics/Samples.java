package dev.lambdaconfig.cli.status.metrics;

import dev.lambdaconfig.cli.status.metrics.RegionFigures.CallFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.SweepFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.UpdateFigures;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The samples of one operator, and what they come to. */
final class Samples {

  private static final String PREFIX = "lambdaconfig_";
  private static final String LEADER = "lambdaconfig_leader";
  private static final String REGION = "region";

  private static final int MOST_SAMPLES = 20_000;

  /** Above the 60 that an operator distinguishes. */
  private static final int MOST_REGIONS = 100;

  private static final int LONGEST_REGION = 40;

  private static final double MOST_PER_SECOND = 1_000_000;

  private final List<Sample> samples = new ArrayList<>();

  private Samples() {}

  /** Reads the metrics of this operator among the lines of a text. */
  static Samples of(String text) {
    Samples samples = new Samples();
    text.lines()
        .filter(line -> line.startsWith(PREFIX))
        .map(SampleParser::parse)
        .flatMap(Stream::ofNullable)
        .limit(MOST_SAMPLES)
        .forEach(samples.samples::add);
    return samples;
  }

  OperatorFigures figures(String source) throws MetricsException {
    Double leader = sum(LEADER, any -> true);
    if (leader == null) {
      throw new MetricsException("what it answers are no metrics of this operator");
    }
    return new OperatorFigures(
        source,
        null,
        leader > 0,
        whole(sum("lambdaconfig_passes_running", any -> true)),
        whole(sum("lambdaconfig_passes_queued", any -> true)),
        regions().stream().limit(MOST_REGIONS).map(this::region).toList());
  }

  private List<String> regions() {
    return samples.stream()
        .map(sample -> shortened(sample.labels()))
        .flatMap(Stream::ofNullable)
        .distinct()
        .sorted()
        .toList();
  }

  private RegionFigures region(String region) {
    return new RegionFigures(region, calls(region), sweep(region), updates(region));
  }

  private CallFigures calls(String region) {
    return new CallFigures(
        rate(region, "control"),
        rate(region, "getFunction"),
        whole(of("lambdaconfig_budget_in_flight", region)),
        whole(of("lambdaconfig_budget_waiting", region)),
        flag(of("lambdaconfig_endpoint_available", region)));
  }

  private SweepFigures sweep(String region) {
    return new SweepFigures(
        whole(of("lambdaconfig_sweep_age_seconds", region)),
        whole(of("lambdaconfig_sweep_expected_seconds", region)),
        whole(of("lambdaconfig_sweep_functions", region)),
        flag(of("lambdaconfig_sweep_listing", region)),
        flag(of("lambdaconfig_sweep_refused", region)));
  }

  private UpdateFigures updates(String region) {
    return new UpdateFigures(
        flag(of("lambdaconfig_updates_paused", region)),
        whole(of("lambdaconfig_updates_paused_namespaces", region)));
  }

  private @Nullable Double of(String name, String region) {
    return sum(name, labels -> region.equals(shortened(labels)));
  }

  /** The rate of a bucket, or null where there is none, or one that AWS grants nobody. */
  private @Nullable Double rate(String region, String bucket) {
    Double rate =
        sum(
            "lambdaconfig_budget_requests_per_second",
            labels -> region.equals(shortened(labels)) && bucket.equals(labels.get("bucket")));
    return rate != null && rate >= 0 && rate <= MOST_PER_SECOND ? rate : null;
  }

  private static @Nullable String shortened(Map<String, String> labels) {
    String region = labels.get(REGION);
    return region == null ? null : WholeText.shortened(region, LONGEST_REGION);
  }

  /** The sum over the samples of a name, or null where there is none. */
  private @Nullable Double sum(String name, Predicate<Map<String, String>> selected) {
    List<Sample> found =
        samples.stream()
            .filter(sample -> sample.name().equals(name) && selected.test(sample.labels()))
            .toList();
    return found.isEmpty() ? null : found.stream().mapToDouble(Sample::value).sum();
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : Math.max(0, Math.round(value));
  }

  private static @Nullable Boolean flag(@Nullable Double value) {
    return value == null ? null : value > 0;
  }
}
