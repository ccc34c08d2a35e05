package dev.lambdaconfig.aws.limit;

/**
 * How many calls a second AWS lets through, found by trying: others share the quota, and nobody
 * tells how much they use.
 *
 * <p>It grows with each call that was granted while there was demand, never by the mere passing of
 * time: doubling in a second until AWS first throttles, and from then on depending on how far it is
 * from the rate at which it was throttled last. Not thread-safe.
 */
final class AdaptiveRate {

  /** So often is tried even where everything is throttled. */
  private static final double LEAST = 0.5;

  /** From here a recovered endpoint is approached. */
  private static final double RESTART = 10;

  private static final double DECREASE = 0.8;
  private static final double NEAR = 0.9;
  private static final double PAST = 1.1;
  private static final double FAST = 0.1;
  private static final double SLOW = 0.01;
  private static final double DOUBLING = Math.log(2);

  private final double most;
  private final double least;
  private double perSecond;

  /** Where it was throttled last; 0 if never. */
  private double ceiling;

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

  /** What demand would find: all of it until AWS first throttles, then what was found. */
  double allowance() {
    return ceiling == 0 ? most : perSecond;
  }

  /** A fifth of a second's calls: hardly over the quota even if a second is counted sliding. */
  double burst() {
    return Math.max(1, perSecond / 5);
  }

  /** How often it was decreased; a call that is granted keeps this, to be told by it later. */
  long decreases() {
    return decreases;
  }

  /** A call was granted while there was demand. */
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
   * A call was throttled.
   *
   * @param decreasesThen what {@link #decreases} was when the call was granted: a burst of
   *     throttled calls says one thing, not many
   * @param rateThen the rate when it was granted
   */
  void throttled(long decreasesThen, double rateThen) {
    if (decreasesThen == decreases) {
      ceiling = Math.min(perSecond, rateThen);
      perSecond = Math.max(least, ceiling * DECREASE);
      decreases++;
    }
  }

  /** The endpoint was away: what was known of it counts no longer. */
  void restart() {
    perSecond = Math.min(perSecond, RESTART);
    ceiling = 0;
  }

  /**
   * How long it takes until so many calls were granted, in seconds, if the demand lasts. Foresees
   * that the rate grows: who is told the time by the rate of now comes too late to use the growth,
   * and without use it does not grow.
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

  /** By how much a second, were all of it used. */
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
