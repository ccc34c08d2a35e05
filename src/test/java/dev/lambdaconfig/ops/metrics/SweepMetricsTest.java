package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sweep.SweepState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of the sweeps of a Region. */
final class SweepMetricsTest {

  private static final String REGION = "eu-west-1";

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final SweepMetrics sweeps = new SweepMetrics(registry, new RegionLabels());

  @Test
  void aRegionThatIsListedShowsItsRounds() {
    // Given
    sweeps.swept(REGION, Duration.ofSeconds(3), 200, 2);
    sweeps.swept(REGION, Duration.ofSeconds(5), 210, 0);

    // When
    sweeps.show(List.of(state(true, false)));

    // Then
    assertThat(value("lambdaconfig.sweep.listing")).isEqualTo(1);
    assertThat(value("lambdaconfig.sweep.age")).isEqualTo(30);
    assertThat(value("lambdaconfig.sweep.expected")).isEqualTo(60);
    assertThat(value("lambdaconfig.sweep.functions")).isEqualTo(210);
    assertThat(registry.get("lambdaconfig.sweep.duration").timer().count()).isEqualTo(2);
    assertThat(registry.get("lambdaconfig.sweep.changed").counter().count()).isEqualTo(2);
  }

  @Test
  void aRegionWhoseFunctionsAreEachReadHasNoRounds() {
    // Given
    sweeps.swept(REGION, Duration.ofSeconds(3), 200, 2);

    // When
    sweeps.show(List.of(state(false, true)));

    // Then
    assertThat(value("lambdaconfig.sweep.listing")).isZero();
    assertThat(value("lambdaconfig.sweep.refused")).isEqualTo(1);
    for (String name : List.of("age", "expected", "functions")) {
      assertThat(registry.find("lambdaconfig.sweep." + name).gauge()).as(name).isNull();
    }
  }

  /** A large account whose sweeps take long must not hide that the sweep of another one is dead. */
  @Test
  void ofSeveralAccountsOfARegionTheLatestSweepIsShown() {
    // Given
    SweepState dead = state(Duration.ofMinutes(10), Duration.ofMinutes(1));
    SweepState slow = state(Duration.ofMinutes(12), Duration.ofMinutes(20));
    SweepState healthy = state(Duration.ofSeconds(30), Duration.ofMinutes(1));
    SweepState read =
        new SweepState(REGION, false, true, Duration.ofDays(1), Duration.ofMinutes(1), null);

    for (List<SweepState> states :
        List.of(List.of(dead, slow, healthy, read), List.of(read, healthy, slow, dead))) {
      // When
      sweeps.show(states);

      // Then
      assertThat(value("lambdaconfig.sweep.age")).isEqualTo(600);
      assertThat(value("lambdaconfig.sweep.expected")).isEqualTo(60);
      assertThat(value("lambdaconfig.sweep.functions")).isEqualTo(630);
      assertThat(value("lambdaconfig.sweep.listing")).isZero();
      assertThat(value("lambdaconfig.sweep.refused")).isEqualTo(1);
    }
  }

  @Test
  void withoutAWholeRoundTheFunctionsAreNotKnown() {
    // When
    sweeps.show(
        List.of(
            new SweepState(
                REGION, true, false, Duration.ofSeconds(30), Duration.ofMinutes(1), null)));

    // Then
    assertThat(registry.find("lambdaconfig.sweep.functions").gauge()).isNull();
    assertThat(value("lambdaconfig.sweep.age")).isEqualTo(30);
  }

  private static SweepState state(Duration age, Duration expected) {
    return new SweepState(REGION, true, false, age, expected, 210);
  }

  private static SweepState state(boolean listing, boolean refused) {
    return new SweepState(
        REGION, listing, refused, Duration.ofSeconds(30), Duration.ofMinutes(1), 210);
  }

  private double value(String name) {
    return registry.get(name).tag("region", REGION).gauge().value();
  }
}
