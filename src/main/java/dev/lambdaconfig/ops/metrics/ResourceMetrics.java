package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.controller.report.ConditionCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The metrics of the resources, by their conditions. */
final class ResourceMetrics {

  /** Maximum number of reasons that are shown: they are AWS's codes, which no list bounds. */
  static final int REASONS = 30;

  static final String OTHER = "Other";

  /** Time for which a count is reused, so that several scrapers do not multiply its cost. */
  private static final long FRESH = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanos;
  private final LabelledGauge resources;
  private final LabelledGauge stalled;
  private final LabelledGauge retrying;
  private final LabelledGauge oldestDifference;
  private ConditionCounts conditionCounts = ConditionCounts.EMPTY;
  private long takenAt;
  private boolean taken;

  ResourceMetrics(MeterRegistry registry, LongSupplier nanos) {
    this.nanos = nanos;
    resources =
        new LabelledGauge(
            registry,
            "lambdaconfig.resources",
            null,
            "LambdaFunctionConfigs, by condition and its status.",
            Double::sum);
    stalled =
        new LabelledGauge(
            registry,
            "lambdaconfig.resources.stalled",
            null,
            "Stalled LambdaFunctionConfigs, which need a person to act, by reason.",
            Double::sum);
    retrying =
        new LabelledGauge(
            registry,
            "lambdaconfig.resources.retrying",
            null,
            "LambdaFunctionConfigs for which something fails, or does not end, that the operator"
                + " tries again, by reason; throttling and paused updates do not count.",
            Double::sum);
    oldestDifference =
        new LabelledGauge(
            registry,
            "lambdaconfig.oldest.difference",
            "seconds",
            "Longest time for which a function has differed from the spec that its resource"
                + " enforces.",
            Math::max);
  }

  /**
   * Shows the resources, or no rows.
   *
   * @param counts called at most once in 5 seconds
   * @param working whether this operator is the leader; otherwise another one shows the resources
   */
  void show(Supplier<ConditionCounts> counts, boolean working) {
    if (working) {
      add(fresh(counts));
    }
    resources.show();
    stalled.show();
    retrying.show();
    oldestDifference.show();
  }

  private ConditionCounts fresh(Supplier<ConditionCounts> counts) {
    long now = nanos.getAsLong();
    if (!taken || now - takenAt >= FRESH) {
      conditionCounts = counts.get();
      takenAt = now;
      taken = true;
    }
    return conditionCounts;
  }

  private void add(ConditionCounts counted) {
    counted
        .conditions()
        .forEach(
            (type, statuses) ->
                statuses.forEach(
                    (status, count) ->
                        resources.add(Tags.of("condition", type, "status", status), count)));
    add(counted.stalled(), stalled);
    add(counted.retrying(), retrying);
    oldestDifference.add(Tags.empty(), counted.oldestDifference().toMillis() / 1e3);
  }

  private static void add(Map<String, Integer> counts, LabelledGauge gauge) {
    List<Map.Entry<String, Integer>> reasons =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    for (int i = 0; i < reasons.size(); i++) {
      String reason = i < REASONS ? reasons.get(i).getKey() : OTHER;
      gauge.add(Tags.of("reason", reason), reasons.get(i).getValue());
    }
  }
}
