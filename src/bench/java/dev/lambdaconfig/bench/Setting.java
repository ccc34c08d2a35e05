package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * How large a fleet is, and what AWS allows.
 *
 * @param rate requests a second; 0 for as many as come
 * @param estate where the functions are
 */
record Setting(int functions, int rate, Estate estate) {

  /** ListFunctions answers with so many at most. */
  private static final int PAGE = 50;

  /** The part of the request budget that a sweep takes at most. */
  private static final double SHARE = 0.1;

  /** The operator's own default, a little below what AWS allows. */
  private static final double DEFAULT_BUDGET = 14;

  /** A change of all that would take longer is measured only where it is asked for. */
  private static final Duration TOO_LONG = Duration.ofMinutes(10);

  /** What the operator is told where AWS allows as many as come, in requests a second. */
  static final int NO_BUDGET = 1_000;

  /** A fleet in one account and Region. */
  Setting(int functions, int rate) {
    this(functions, rate, Estate.HOME);
  }

  boolean isThrottled() {
    return rate > 0;
  }

  /** Whether each function can be written to once in reasonable time. */
  boolean canChangeAll() {
    return !isThrottled() || functions / rate < TOO_LONG.toSeconds();
  }

  /** How long one look at all functions may take: the interval, stretched for large fleets. */
  Duration sweep(Duration interval) {
    double pages = Math.ceil((double) estate.listed(functions) / PAGE);
    double perSecond = SHARE * (isThrottled() ? DEFAULT_BUDGET : NO_BUDGET);
    Duration stretched = Duration.ofMillis((long) (1000 * pages / perSecond));
    return interval.compareTo(stretched) > 0 ? interval : stretched;
  }

  /** After that long something is wrong: a hundred times what it should take, at the least. */
  Duration patience() {
    double perFunction = isThrottled() ? 10.0 / rate : 0.3;
    return Duration.ofMinutes(3).plusSeconds((long) (functions * perFunction));
  }

  /** For people. */
  String title() {
    return String.format(
        Locale.ROOT, "%,d functions%s, %s", functions, estate.title(), rateTitle());
  }

  String rateTitle() {
    return isThrottled() ? rate + " requests/s" : "unthrottled";
  }
}
