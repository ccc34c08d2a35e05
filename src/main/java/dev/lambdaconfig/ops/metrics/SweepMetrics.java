package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.aws.sweep.SweepState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics of the sweeps, by Region. */
final class SweepMetrics implements RoundListener {

  private final MeterRegistry registry;
  private final RegionLabels regions;
  private final LabelledGauge age;
  private final LabelledGauge expected;
  private final LabelledGauge shown;
  private final LabelledGauge listing;
  private final LabelledGauge refused;

  SweepMetrics(MeterRegistry registry, RegionLabels regions) {
    this.registry = registry;
    this.regions = regions;
    age =
        new LabelledGauge(
            registry,
            "lambdaconfig.sweep.age",
            "seconds",
            "Time since the last complete sweep of a Region's functions; only where they are"
                + " listed.",
            Math::max);
    expected =
        new LabelledGauge(
            registry,
            "lambdaconfig.sweep.expected",
            "seconds",
            "Expected time between complete sweeps: the sweep interval, or longer if the sweep's"
                + " share of the request quota requires it; only where functions are listed.",
            Math::max);
    shown =
        new LabelledGauge(
            registry,
            "lambdaconfig.sweep.functions",
            null,
            "Functions that the last complete sweep listed, managed or not; only where they are"
                + " listed.",
            Double::sum);
    listing =
        new LabelledGauge(
            registry,
            "lambdaconfig.sweep.listing",
            null,
            "1 where changed functions are detected by ListFunctions, 0 where each function is"
                + " read.",
            Math::min);
    refused =
        new LabelledGauge(
            registry,
            "lambdaconfig.sweep.refused",
            null,
            "1 where AWS refuses ListFunctions, so that each function is read, else 0.",
            Math::max);
  }

  @Override
  public void swept(String region, Duration took, int count, int changed) {
    String label = regions.label(region);
    Timer.builder("lambdaconfig.sweep.duration")
        .description("Duration of complete sweeps of a Region's functions.")
        .tag("region", label)
        .register(registry)
        .record(took);
    Counter.builder("lambdaconfig.sweep.changed")
        .description("Functions that a sweep found changed and therefore read.")
        .tag("region", label)
        .register(registry)
        .increment(changed);
  }

  /** Shows the sweeps. The age and the expected time of a Region are those of one sweep, if any. */
  void show(List<SweepState> states) {
    Map<Tags, SweepState> latest = new HashMap<>();
    for (SweepState state : states) {
      String label = regions.label(state.region());
      Tags region = Tags.of("region", label);
      listing.add(region, state.listing() ? 1 : 0);
      refused.add(region, state.refused() ? 1 : 0);
      if (state.listing()) {
        latest.merge(region, state, (one, other) -> delay(one) < delay(other) ? other : one);
        Integer count = state.functions();
        if (count != null) {
          shown.add(region, count);
        }
      }
    }
    latest.forEach(
        (region, state) -> {
          age.add(region, state.age().toMillis() / 1e3);
          expected.add(region, state.expected().toMillis() / 1e3);
        });
    listing.show();
    refused.show();
    age.show();
    expected.show();
    shown.show();
  }

  /** The age of a sweep in multiples of what is expected: a slow one is no late one. */
  private static double delay(SweepState state) {
    return (double) state.age().toMillis() / Math.max(1, state.expected().toMillis());
  }
}
