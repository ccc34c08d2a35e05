package dev.lambdaconfig.ops.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gauge whose labels come and go, such as Regions: each scrape shows the rows of that moment and
 * no others.
 */
final class LabelledGauge {

  private final MultiGauge gauge;
  private final DoubleBinaryOperator merging;
  private Map<Tags, Double> next = new LinkedHashMap<>();

  /**
   * Creates a gauge without rows.
   *
   * @param merging merges two values with the same labels
   */
  LabelledGauge(
      MeterRegistry registry,
      String name,
      @Nullable String unit,
      String description,
      DoubleBinaryOperator merging) {
    this.gauge =
        MultiGauge.builder(name).baseUnit(unit).description(description).register(registry);
    this.merging = merging;
  }

  void add(Tags tags, double value) {
    next.merge(tags, value, merging::applyAsDouble);
  }

  /** Replaces the rows that are shown by those added since the last call. */
  void show() {
    gauge.register(
        next.entrySet().stream()
            .map(row -> MultiGauge.Row.of(row.getKey(), row.getValue()))
            .collect(Collectors.toList()),
        true);
    next = new LinkedHashMap<>();
  }
}
