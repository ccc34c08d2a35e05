package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rows of a gauge, which come and go. */
final class LabelledGaugeTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void theRowsAreThoseAddedSinceTheLastTime() {
    // Given
    LabelledGauge gauge = gauge(Double::sum);
    gauge.add(Tags.of("region", "eu-west-1"), 1);
    gauge.add(Tags.of("region", "us-east-1"), 2);
    gauge.show();
    assertThat(rows()).isEqualTo(Map.of("eu-west-1", 1.0, "us-east-1", 2.0));

    // When
    gauge.add(Tags.of("region", "us-east-1"), 3);
    gauge.show();

    // Then
    assertThat(rows()).isEqualTo(Map.of("us-east-1", 3.0));
  }

  @Test
  void whatIsAddedIsSeenOnceItIsShown() {
    // Given
    LabelledGauge gauge = gauge(Double::sum);

    // When
    gauge.add(Tags.of("region", "eu-west-1"), 1);

    // Then
    assertThat(rows()).isEmpty();
  }

  @Test
  void valuesOfTheSameLabelsAreMerged() {
    // Given
    LabelledGauge gauge = gauge(Math::min);

    // When
    gauge.add(Tags.of("region", "eu-west-1"), 7);
    gauge.add(Tags.of("region", "eu-west-1"), 4);
    gauge.add(Tags.of("region", "eu-west-1"), 9);
    gauge.show();

    // Then
    assertThat(rows()).isEqualTo(Map.of("eu-west-1", 4.0));
  }

  private LabelledGauge gauge(DoubleBinaryOperator merging) {
    return new LabelledGauge(registry, "rows", null, "Rows.", merging);
  }

  private Map<String, Double> rows() {
    return registry.find("rows").gauges().stream()
        .collect(Collectors.toMap(row -> row.getId().getTag("region"), Gauge::value));
  }
}
