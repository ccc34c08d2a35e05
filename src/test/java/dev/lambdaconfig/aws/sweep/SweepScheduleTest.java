package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pace of a sweep with an interval of a minute, at 14 calls a second. */
final class SweepScheduleTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The time of one call in a tenth of the quota. */
  private static final Duration CALL = Duration.ofNanos(714_285_714);

  @Test
  void fewPagesAreSpreadOverTheInterval() {
    assertThat(SweepSchedule.betweenPages(MINUTE, 20, 14)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void manyPagesTakeATenthOfTheQuota() {
    assertThat(SweepSchedule.betweenPages(MINUTE, 200, 14)).isEqualTo(CALL);
    assertThat(SweepSchedule.round(MINUTE, 200, 14)).isEqualTo(CALL.multipliedBy(200));
  }

  @Test
  void aRoundOfFewCallsTakesTheInterval() {
    assertThat(SweepSchedule.round(MINUTE, 20, 14)).isEqualTo(MINUTE);
  }

  @Test
  void anUnknownNumberOfPagesCountsAsOne() {
    assertThat(SweepSchedule.betweenPages(MINUTE, 0, 14)).isEqualTo(MINUTE);
    assertThat(SweepSchedule.round(Duration.ZERO, 0, 14)).isEqualTo(CALL);
  }

  @Test
  void theFirstRoundGoesAheadByWhatItsShareAllowsInAnInterval() {
    assertThat(SweepSchedule.inFirstRound(MINUTE, 1, 14)).isEqualTo(CALL.dividedBy(5));
    assertThat(SweepSchedule.inFirstRound(MINUTE, 83, 14)).isEqualTo(CALL.dividedBy(5));
    assertThat(SweepSchedule.inFirstRound(MINUTE, 85, 14)).isEqualTo(CALL);
  }

  @Test
  void theNextRoundWaitsUntilTheShareAllowsThePagesOfTheLastOne() {
    assertThat(SweepSchedule.toNextRound(MINUTE, 20, Duration.ofSeconds(4), 14))
        .as("few pages")
        .isEqualTo(Duration.ofSeconds(53));
    assertThat(SweepSchedule.toNextRound(MINUTE, 200, CALL.multipliedBy(120), 14))
        .as("a round that went ahead")
        .isEqualTo(CALL.multipliedBy(80));
    assertThat(SweepSchedule.toNextRound(MINUTE, 200, CALL.multipliedBy(199), 14))
        .as("a round within its share")
        .isEqualTo(CALL);
  }
}
