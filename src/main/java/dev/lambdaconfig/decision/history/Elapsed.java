package dev.lambdaconfig.decision.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time since an instant of this or another clock, which may have been set since. */
public final class Elapsed {

  private Elapsed() {}

  /** The time between two instants: zero where the earlier one is in the future. */
  public static Duration between(Instant earlier, Instant now) {
    try {
      Duration elapsed = Duration.between(earlier, now);
      return elapsed.isNegative() ? Duration.ZERO : elapsed;
    } catch (DateTimeException | ArithmeticException e) {
      // No clock runs that far.
      return Duration.ZERO;
    }
  }

  /** The earlier of an instant and now. */
  static Instant notAfter(Instant instant, Instant now) {
    return instant.isAfter(now) ? now : instant;
  }

  /**
   * The instant that a text of a history stands for, or null where it is none, or in the future.
   */
  public static @Nullable Instant told(@Nullable String time, Instant now) {
    if (time == null) {
      return null;
    }
    try {
      Instant told = Instant.parse(time);
      return told.isAfter(now) ? null : told;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
