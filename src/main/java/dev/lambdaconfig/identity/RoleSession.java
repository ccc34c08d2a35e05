package dev.lambdaconfig.identity;

import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;

/**
 * A session that STS began.
 *
 * @param usableUntil when it is too old to begin another call, by the steady clock
 * @param refreshAfter when its next use is to bring about another one, by the steady clock
 */
record RoleSession(Identity identity, long usableUntil, long refreshAfter) {

  /** The longest part of a session that is left unused, for calls under way when it ends. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /**
   * A session that began a moment ago.
   *
   * @param began the steady clock before the call
   * @param life the time until the credentials expire
   * @param maxAge the longest time for which they may be used
   * @param random a number from 0 to 1, which spreads the refreshes of sessions that began together
   */
  static RoleSession of(
      Identity identity, long began, Duration life, Duration maxAge, double random) {
    Duration fifth = life.dividedBy(5);
    Duration rest = fifth.compareTo(LONGEST_REST) < 0 ? fifth : LONGEST_REST;
    Duration left = life.minus(rest);
    long usable = (left.compareTo(maxAge) < 0 ? left : maxAge).toNanos();
    return new RoleSession(
        identity, began + usable, began + (long) (usable * (0.65 + 0.25 * random)));
  }

  boolean isUsable(long now) {
    return now - usableUntil < 0;
  }

  boolean isToBeRefreshed(long now) {
    return now - refreshAfter >= 0;
  }
}
