package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/** How fast a sweep goes: as fast as its interval wants, and as its share of the budget allows. */
final class SweepSchedule {

  /** The part of the request budget that noticing drift may take. */
  static final double SHARE = 0.1;

  /** What a page holds. */
  static final int PAGE = 50;

  private SweepSchedule() {}

  /**
   * The time between two pages of a round.
   *
   * @param interval how often a whole round is wished for
   * @param pages how many pages a round has, as far as is known
   * @param perSecond what the budget allows altogether
   */
  static Duration betweenPages(Duration interval, int pages, double perSecond) {
    return longer(interval.dividedBy(Math.max(1, pages)), each(perSecond));
  }

  /**
   * The time that a round of so many calls takes: pages of a list, or reads of each function.
   *
   * @param interval how often a whole round is wished for
   * @param perSecond what the budget allows altogether
   */
  static Duration round(Duration interval, int calls, double perSecond) {
    return longer(interval, each(perSecond).multipliedBy(Math.max(1, calls)));
  }

  private static Duration each(double perSecond) {
    return Duration.ofNanos((long) (1e9 / (SHARE * perSecond)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
