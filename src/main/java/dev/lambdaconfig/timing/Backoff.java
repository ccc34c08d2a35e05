package dev.lambdaconfig.timing;

import java.time.Duration;

/**
 * Delays that double with each failure in a row.
 *
 * @param first the delay after the first failure
 * @param longest no delay is longer
 */
public record Backoff(Duration first, Duration longest) {

  /** More would overflow, and no delay is a million times the first one. */
  private static final int MOST_DOUBLINGS = 20;

  /**
   * The delay until the next attempt.
   *
   * @param failuresBefore the failures in a row before this one
   * @param random a number from 0 to 1: a delay is spread over its upper half
   */
  public Duration delay(int failuresBefore, double random) {
    Duration whole = first.multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
    Duration most = whole.compareTo(longest) < 0 ? whole : longest;
    return Duration.ofNanos((long) (most.toNanos() * (1 + random) / 2));
  }
}
