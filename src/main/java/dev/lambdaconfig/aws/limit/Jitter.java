package dev.lambdaconfig.aws.limit;

/** Spreads those who are told the same time, each always to the same part of it. */
public final class Jitter {

  private Jitter() {}

  /** Between 0 and 1 (exclusive), evenly over many names. */
  public static double of(String who) {
    // String.hashCode of names that differ in their last digits lies close together.
    int mixed = who.hashCode() * 0x9E3779B9;
    mixed ^= mixed >>> 15;
    mixed *= 0x85EBCA6B;
    mixed ^= mixed >>> 13;
    return Integer.toUnsignedLong(mixed) / 0x1p32;
  }
}
