package dev.lambdaconfig.aws.limit;

import java.time.Duration;

/**
 * The calls a second that AWS lets through, found by trying: other tools share the quota, and how
 * much they use is not known (docs/aws.md#quota-is-a-bucket).
 *
 * <p>It grows with each call that was granted while there was demand, never by the mere passing of
 * time: doubling in a second until AWS first throttles, and from then on depending on how far it is
 * from the rate at which it was throttled last. Not thread-safe.
 */
final class AdaptiveRate {

  /** The rate that is tried even where every call is throttled. */
  private static final double LEAST = 0.5;

  /** The rate from which a recovered endpoint is approached. */
  private static final double RESTART = 10;

  private static final double DECREASE = 0.8;
  private static final double NEAR = 0.9;
  private static final double PAST = 1.1;
  private static final double FAST = 0.1;
  private static final double SLOW = 0.01;
  private static final double DOUBLING = Math.log(2);

  /** The time for which a rate at which AWS throttled is taken for what others leave. */
  static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final double most;
  private final double least;
  private double perSecond;

  /** The rate at which it was throttled last; 0 if never. */
  private double ceiling;

  /** The time of the last throttling, by the steady clock. */
  private long throttledAt;

  private long decreases;

  AdaptiveRate(double start, double most) {
    if (!(most > 0) || Double.isInfinite(most)) {
      throw new IllegalArgumentException("a rate must be above 0 per second, and finite: " + most);
    }
    this.most = most;
    this.least = Math.min(LEAST, most);
    this.perSecond = Math.min(start, most);
  }

  double perSecond() {
    return perSecond;
  }

  /**
   * The rate under steady demand: the maximum, but for five minutes after AWS has throttled the
   * rate found. What takes a share of it makes no demand that could raise the rate, and would stay
   * slow for ever after others have used the quota once.
   *
   * @param now the steady clock, in nanoseconds
   */
  double allowance(long now) {
    return ceiling == 0 || now - throttledAt >= REMEMBERED.toNanos() ? most : perSecond;
  }

  /** A fifth of a second's calls: hardly over the quota even if AWS counts a sliding second. */
  double burst() {
    return Math.max(1, perSecond / 5);
  }

  /** The number of decreases so far; each call that is granted remembers it. */
  long decreases() {
    return decreases;
  }

  /** Counts a call that was granted while there was demand. */
  void used() {
    double recovered = ceiling * NEAR;
    double grown = perSecond + growth() / perSecond;
    if (perSecond < recovered) {
      // At few a second one step would lead past where care begins.
      grown = Math.min(grown, recovered);
    }
    perSecond = Math.min(most, grown);
  }

  /**
   * Takes back the growth of a call that was granted and not made: it tried nothing.
   *
   * @param decreasesThen {@link #decreases} when the call was granted
   */
  void unused(long decreasesThen, double growth) {
    if (decreasesThen == decreases) {
      perSecond = Math.max(least, perSecond - growth);
    }
  }

  /**
   * Counts a throttled call.
   *
   * @param decreasesThen {@link #decreases} when the call was granted: a burst of throttled calls
   *     is one sign, not many
   * @param rateThen the rate when the call was granted
   * @param now the steady clock, in nanoseconds
   */
  void throttled(long decreasesThen, double rateThen, long now) {
    throttledAt = now;
    if (decreasesThen == decreases) {
      ceiling = Math.min(perSecond, rateThen);
      perSecond = Math.max(least, ceiling * DECREASE);
      decreases++;
    }
  }

  /** Starts anew after an outage of the endpoint, of which nothing is known any longer. */
  void restart() {
    perSecond = Math.min(perSecond, RESTART);
    ceiling = 0;
  }

  /**
   * The seconds until so many calls are granted, if the demand lasts. The growth of the rate is
   * foreseen: waiters that were told a time by the present rate would come too late to use the
   * growth, and without use it does not grow.
   */
  double secondsFor(double calls) {
    if (calls <= 1) {
      return Math.max(0, calls) / perSecond;
    }
    double others = calls - 1;
    double first = 1 / perSecond;
    return first + (ceiling == 0 ? doubling(others) : recovering(others));
  }

  private double doubling(double calls) {
    double whileGrowing = (most - perSecond) / DOUBLING;
    if (calls <= whileGrowing) {
      return Math.log1p(calls * DOUBLING / perSecond) / DOUBLING;
    }
    return Math.log(most / perSecond) / DOUBLING + (calls - whileGrowing) / most;
  }

  private double recovering(double calls) {
    double goal = Math.min(most, Math.max(perSecond, ceiling * NEAR));
    double growth = ceiling * FAST;
    double whileGrowing = (goal * goal - perSecond * perSecond) / (2 * growth);
    if (calls <= whileGrowing) {
      return (Math.sqrt(perSecond * perSecond + 2 * growth * calls) - perSecond) / growth;
    }
    return (goal - perSecond) / growth + (calls - whileGrowing) / goal;
  }

  /** The growth in a second in which the whole rate is used. */
  private double growth() {
    if (ceiling == 0) {
      return perSecond * DOUBLING;
    }
    if (perSecond < ceiling * NEAR) {
      return ceiling * FAST;
    }
    if (perSecond <= ceiling * PAST) {
      return ceiling * SLOW;
    }
    return perSecond * FAST;
  }
}
