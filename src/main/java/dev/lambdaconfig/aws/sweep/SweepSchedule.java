package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/** The pace of a sweep: as fast as its interval wants, and as its share of the quota allows. */
final class SweepSchedule {

  /** The part of the quota that noticing drift may take. */
  static final double SHARE = 0.1;

  /** The part of the quota that the pages take for which resources wait after a start. */
  private static final double FIRST_SHARE = 0.5;

  /** The functions of a page: docs/aws.md#list-page. */
  static final int PAGE = 50;

  /** The part of the time between two looks that a resource waits on average: RequeuePolicy. */
  private static final double EARLY = 0.9;

  /** The part of the interval after which a round begins: its calls and timers take time, too. */
  private static final double BEFORE_THE_END = 0.95;

  private SweepSchedule() {}

  /**
   * The time between the starts of two rounds if the share of the quota allows it.
   *
   * @param interval the time within which a change of a function is to be noticed
   */
  static Duration betweenRounds(Duration interval) {
    return Duration.ofNanos((long) (BEFORE_THE_END * interval.toNanos()));
  }

  /**
   * The time between two pages of a round.
   *
   * @param interval the wished time between two rounds
   * @param pages the pages of a round, as far as they are known
   * @param perSecond the calls a second that the quota allows
   */
  static Duration betweenPages(Duration interval, int pages, double perSecond) {
    return longer(interval.dividedBy(Math.max(1, pages)), each(perSecond));
  }

  /**
   * The time between two pages of the first round. It goes ahead of its share, by as many pages as
   * the share allows in an interval; the second round waits until the share has caught up.
   *
   * @param interval the wished time between two rounds
   * @param taken the pages that the round has taken
   * @param perSecond the calls a second that the quota allows
   */
  static Duration inFirstRound(Duration interval, int taken, double perSecond) {
    return each(perSecond).multipliedBy(taken).compareTo(interval) < 0
        ? each(FIRST_SHARE, perSecond)
        : each(perSecond);
  }

  /**
   * The time from the end of a round to the next one: in time for the interval, or later where the
   * share of the quota forbids that.
   *
   * @param interval the wished time between two rounds
   * @param pages the pages of the round
   * @param took the time that the round took
   * @param perSecond the calls a second that the quota allows
   */
  static Duration toNextRound(Duration interval, int pages, Duration took, double perSecond) {
    Duration left = round(betweenRounds(interval), pages, perSecond).minus(took);
    return longer(left, each(perSecond));
  }

  /**
   * The time between two reads of a function, of which a resource waits nine tenths on average.
   *
   * @param interval the wished time between two reads
   * @param functions the functions that are read at the cost of the same quota
   * @param perSecond the reads a second that the quota allows
   */
  static Duration betweenReads(Duration interval, int functions, double perSecond) {
    return round(interval, functions, EARLY * perSecond);
  }

  /**
   * The time that a round of calls takes.
   *
   * @param interval the wished time between two rounds
   * @param perSecond the calls a second that the quota allows
   */
  static Duration round(Duration interval, int calls, double perSecond) {
    return longer(interval, each(perSecond).multipliedBy(Math.max(1, calls)));
  }

  /** The time in which the first page of a first round is to come. */
  static Duration firstPage(int pages, double perSecond) {
    return shorter(firstRound(pages, perSecond), FleetSweeper.LONGEST_WAIT);
  }

  /** The time in which a first round is to end that goes on. */
  static Duration patience(int pages, double perSecond) {
    Duration enough = longer(firstRound(pages, perSecond), FleetSweeper.LONGEST_WAIT);
    return shorter(enough, FleetSweeper.LONGEST_ROUND);
  }

  /** Twice the time that a first round takes most likely. */
  private static Duration firstRound(int pages, double perSecond) {
    return round(Duration.ofSeconds(5), pages, perSecond).multipliedBy(2);
  }

  private static Duration each(double perSecond) {
    return each(SHARE, perSecond);
  }

  private static Duration each(double share, double perSecond) {
    return Duration.ofNanos((long) (1e9 / (share * perSecond)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
