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
    return longer(interval, longer(lists, unlisted() > 0 ? reads() : Duration.ZERO));
  }

  /**
   * How long it may take until a restarted operator has looked at each function: the same, or the
   * time of one read of each by its own identity, where its list confirms none.
   */
  Duration restarted(Duration interval) {
    return longer(sweep(interval), estate.roles() ? reads() : Duration.ZERO);
  }

  /** The time that one read of each function of an account and Region takes. */
  private Duration reads() {
    int perSecond = Math.max(GET_FUNCTION_BUDGET, requestsPerSecond());
    return Duration.ofMillis(
        (long) (1000 * estate.listed(functions) / (EARLY * SHARE * perSecond)));
  }

  /** The number of functions that no list shows: those of accounts without an identity. */
  int unlisted() {
    return estate.roles() ? 0 : functions - Math.ceilDiv(functions, estate.accounts());
  }

  /** The number of functions that lists show. */
  int listed() {
    return functions - unlisted();
  }

  /** The number of accounts and Regions that are listed. */
  int lists() {
    return estate.roles() ? estate.accounts() * estate.regions() : estate.regions();
  }

  /** The number of ListFunctions by which all of them are listed once. */
  int callsOfRound() {
    // Functions are dealt out in turn, so the first groups may have one more.
    int groups = estate.accounts() * estate.regions();
    int calls = 0;
    for (int group = 0; group < groups; group++) {
      boolean listed = estate.roles() || group % estate.accounts() == 0;
      int count = functions / groups + (group < functions % groups ? 1 : 0);
      calls += listed ? Math.max(1, Math.ceilDiv(count, PAGE)) : 0;
    }
    return calls;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** After that long something is wrong: a hundred times what it should take, at the least. */
  Duration patience() {
    if (!estate.equals(Estate.HOME)) {
      // Each account and Region has its own quota, so the machine is the limit: some 10 ms for
      // each.
      return Duration.ofMinutes(10).plusMillis(50L * functions);
    }
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
