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
 * A gauge whose labels come and go, such as Regions: each time it is read, it has the rows that
 * there are then, and no others.
 */
final class LabelledGauge {

  private final MultiGauge gauge;
  private final DoubleBinaryOperator merging;
  private Map<Tags, Double> next = new LinkedHashMap<>();

  /**
   * Has no rows yet.
   *
   * @param merging makes one value of two with the same labels
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

  /** Shows what was added since the last time, in place of what was shown. */
  void show() {
    gauge.register(
        next.entrySet().stream()
            .map(row -> MultiGauge.Row.of(row.getKey(), row.getValue()))
            .collect(Collectors.toList()),
        true);
    next = new LinkedHashMap<>();
  }
}
