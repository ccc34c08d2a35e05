package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The delay of the next call for a page after calls that failed in a row. Not thread-safe. */
final class SweepBackoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofMinutes(1);

  private final DoubleSupplier random;
  private int failures;

  /**
   * Creates a backoff without failures.
   *
   * @param random numbers from 0 to 1, which spread the calls
   */
  SweepBackoff(DoubleSupplier random) {
    this.random = random;
  }

  /** The calls that failed in a row. */
  int failures() {
    return failures;
  }

  /** Records a call that did not fail. */
  void reset() {
    failures = 0;
  }

  /**
   * Records a failed call. Returns the delay of the next one: no shorter than what AWS asks for, up
   * to a minute.
   */
  Duration failed(Failure failure) {
    failures++;
    long backoff = FIRST.toMillis() << Math.min(failures - 1, 10);
    Duration delay = Duration.ofMillis(Math.min(backoff, LAST.toMillis()));
    return Jitter.between(1, 1.1, failure.noSooner(delay, LAST), random.getAsDouble());
  }
}
