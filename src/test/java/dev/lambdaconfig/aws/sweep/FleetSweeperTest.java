package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sweeper answers about each resource, on a clock at which no sweep has begun. */
final class FleetSweeperTest {

  private final SweepRun run = new SweepRun();
  private final FleetSweeper sweeper =
      new FleetSweeper(
          run.lambda,
          SweepRun.MINUTE,
          new Timing(Clock.systemUTC(), () -> 0, () -> 0.5),
          run.reports);

  @AfterEach
  void close() {
    sweeper.close();
  }

  @Test
  void aResourceThatIsNotWatchedIsReadFully() {
    assertThat(sweeper.lookInterval("a")).isEqualTo(FleetSweeper.FULL_READ);
    assertThat(sweeper.mayBeListed("a")).isFalse();
    assertThat(sweeper.isConfirmed("a")).isFalse();
    assertThat(sweeper.firstRound("a")).isZero();
  }

  @Test
  void aWatchedFunctionMayBeListedUntilThatIsDecided() {
    // When
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);

    // Then
    assertThat(sweeper.mayBeListed("a")).isTrue();
    assertThat(sweeper.lookInterval("a")).isEqualTo(FleetSweeper.FULL_READ);
    assertThat(sweeper.firstRound("a")).isPositive();
    assertThat(sweeper.states()).extracting(SweepState::region).containsExactly("eu-west-1");
  }

  @Test
  void eachRegionHasOneSweep() {
    // When
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);
    sweeper.watch("b", new Target("eu-west-1", "mails"), null);
    sweeper.watch("c", new Target("us-east-1", "orders"), null);

    // Then
    assertThat(sweeper.states())
        .extracting(SweepState::region)
        .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
  }

  @Test
  void aForgottenResourceIsNotWatched() {
    // Given
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);

    // When
    sweeper.forget("a");

    // Then
    assertThat(sweeper.mayBeListed("a")).isFalse();
    assertThat(sweeper.lookInterval("a")).isEqualTo(Duration.ofHours(1));
  }
}
