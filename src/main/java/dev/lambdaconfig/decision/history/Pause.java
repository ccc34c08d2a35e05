package dev.lambdaconfig.decision.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A wait that was begun. It keeps its beginning and its length instead of its end, so that a clock
 * that is set meanwhile cannot make it longer.
 *
 * @param since when it was begun
 * @param length how long it lasts
 */
public record Pause(Instant since, Duration length) {

  /** The time that is left: never more than the length, and zero once it is over. */
  public Duration left(Instant now) {
    Duration left = length.minus(Elapsed.between(since, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether nothing is left of it. */
  public boolean isOver(Instant now) {
    return left(now).isZero();
  }

  /** The same for a clock that was set back since: it begins now. */
  Pause by(Instant now) {
    return since.isAfter(now) ? new Pause(now, length) : this;
  }
}
