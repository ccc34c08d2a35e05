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
  private static final int DEFAULT_BUDGET = 14;

  /** The most that the operator takes of GetFunction, unless it is told more for all calls. */
  private static final int GET_FUNCTION_BUDGET = 90;

  /** The part of the time between two reads that a resource waits on average. */
  private static final double EARLY = 0.9;

  /** What AWS allows an account and Region. */
  static final int QUOTA = 15;

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

  /** The option of the operator: requests a second. */
  int requestsPerSecond() {
    return isThrottled() ? DEFAULT_BUDGET : NO_BUDGET;
  }

  /** How long one look at all functions may take: the interval, stretched for large fleets. */
  Duration sweep(Duration interval) {
    double pages = Math.ceil((double) estate.listed(functions) / PAGE);
    Duration lists = Duration.ofMillis((long) (1000 * pages / (SHARE * requestsPerSecond())));
    return longer(interval, longer(lists, reads()));
  }

  /** The time that reads of the functions of one account and Region take that no list shows. */
  private Duration reads() {
    int perSecond = Math.max(GET_FUNCTION_BUDGET, requestsPerSecond());
    return estate.accounts() == 1
        ? Duration.ZERO
        : Duration.ofMillis((long) (1000 * estate.listed(functions) / (EARLY * SHARE * perSecond)));
  }

  /** The number of functions of other accounts than the operator's own. */
  int foreign() {
    return functions - Math.ceilDiv(functions, estate.accounts());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** After that long something is wrong: a hundred times what it should take, at the least. */
  Duration patience() {
    double perFunction = isThrottled() ? 10.0 / rate : 0.3;
    return Duration.ofMinutes(3).plusSeconds((long) (functions * perFunction));
  }

  /** For names of files. */
  String fileName() {
    return functions + "-" + (isThrottled() ? rate : "unthrottled");
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
