package dev.lambdaconfig.aws.limit;

/**
 * The tokens of one quota: each call takes one, and time brings them back at an {@link
 * AdaptiveRate}, up to its burst. Times are nanoseconds. Not thread-safe.
 */
final class TokenBucket {

  private static final double SECOND = 1e9;

  /** Times in nanoseconds come as floating point. */
  private static final double ROUNDING = 1e-6;

  private final AdaptiveRate rate;
  private double tokens;
  private long filled;
  private long fullSince;

  /** A full bucket. */
  TokenBucket(AdaptiveRate rate, long now) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filled = now;
    this.fullSince = now;
  }

  /**
   * Adds the tokens of the time since the last fill.
   *
   * @return the time, but never an earlier one than before
   */
  long fill(long time) {
    long now = Math.max(filled, time);
    double room = rate.burst() - tokens;
    double more = rate.perSecond() * (now - filled) / SECOND;
    if (room > 0 && more >= room) {
      fullSince = filled + (long) (room / rate.perSecond() * SECOND);
    }
    tokens = more >= room ? rate.burst() : tokens + more;
    filled = now;
    return now;
  }

  /** The time of the last fill. */
  long filled() {
    return filled;
  }

  /** The tokens that are there; below zero if some are owed. */
  double tokens() {
    return tokens;
  }

  /** The whole tokens that are there. */
  int whole() {
    return (int) (tokens + ROUNDING);
  }

  /** The tokens that would be left after one call; below zero if there is none for it. */
  double spare() {
    return tokens + ROUNDING - 1;
  }

  boolean isFull() {
    return tokens >= rate.burst();
  }

  /** The tokens that came too many since the bucket is full. */
  double lost(long now) {
    return isFull() ? (now - fullSince) / SECOND * rate.perSecond() : 0;
  }

  /** Takes a token, whether or not one is there. */
  void take() {
    tokens--;
  }

  /** Puts a token back that was not used. */
  void putBack() {
    tokens = Math.min(rate.burst(), tokens + 1);
  }

  /** Drops the tokens above a number. */
  void drop(int above) {
    tokens = Math.min(tokens, above);
  }
}
