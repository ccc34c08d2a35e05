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
}
