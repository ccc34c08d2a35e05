package dev.lambdaconfig.model;

import java.time.Duration;

/** The spread of delays that would otherwise end at the same time. */
public final class Jitter {

  private Jitter() {}

  /**
   * The share of a name: a number from 0 (inclusive) to 1 (exclusive), always the same for a name,
   * and evenly distributed over many names.
   */
  public static double of(String name) {
    // String.hashCode gives close values for names that differ in their last digits only.
    int mixed = name.hashCode() * 0x9E3779B9;
    mixed ^= mixed >>> 15;
    mixed *= 0x85EBCA6B;
    mixed ^= mixed >>> 13;
    return Integer.toUnsignedLong(mixed) / 0x1p32;
  }

  /**
   * The delay times a factor between two factors.
   *
   * @param share a number from 0, for the first factor, to 1, for the last one: random, or {@link
   *     #of(String)} a name
   */
  public static Duration between(double first, double last, Duration delay, double share) {
    return Duration.ofNanos((long) (delay.toNanos() * (first + (last - first) * share)));
  }
}
