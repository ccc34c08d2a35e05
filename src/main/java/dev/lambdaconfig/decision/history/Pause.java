package dev.lambdaconfig.decision.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A wait that has begun. It keeps its start and length instead of its end, so that a clock that is
 * set meanwhile cannot make it longer.
 *
 * @param since the start
 * @param length the duration
 */
public record Pause(Instant since, Duration length) {

  /** The remaining time: never more than the length, and zero once the wait is over. */
  public Duration left(Instant now) {
    Duration left = length.minus(Elapsed.between(since, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether no time remains. */
  public boolean isOver(Instant now) {
    return left(now).isZero();
  }

  /** The same wait for a clock that was set back since: it begins now. */
  Pause by(Instant now) {
    return since.isAfter(now) ? new Pause(now, length) : this;
  }
}
