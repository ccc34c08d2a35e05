package dev.lambdaconfig.timing;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The sources of time and randomness.
 *
 * @param clock the wall clock, for times that are stored or shown
 * @param nanos a steady clock in nanoseconds, from an arbitrary origin, for durations
 * @param random numbers from 0 (inclusive) to 1 (exclusive), which spread calls in time
 */
public record Timing(Clock clock, LongSupplier nanos, DoubleSupplier random) {

  /** The time and randomness of this machine. */
  public static Timing system() {
    return new Timing(
        Clock.systemUTC(), System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }
}
