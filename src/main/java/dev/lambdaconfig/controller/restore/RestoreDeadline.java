package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time that a deletion may wait for fields to come back. The API server's clock is another one,
 * and both can be set: by them only the time before the first look is measured, and never as more
 * than there is.
 */
public final class RestoreDeadline {

  private final Duration timeout;
  private final LongSupplier nanos;

  /**
   * Creates a deadline.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public RestoreDeadline(Duration timeout, LongSupplier nanos) {
    this.timeout = timeout;
    this.nanos = nanos;
  }

  boolean isOver(Reconciliation reconciliation) {
    return !left(reconciliation).isPositive();
  }

  /** The time that is left; not above zero once it is over. */
  Duration left(Reconciliation reconciliation) {
    long now = nanos.getAsLong();
    Long since = reconciliation.state().deletedAt();
    if (since == null) {
      since = now - Math.min(before(reconciliation).toNanos(), timeout.toNanos());
      reconciliation.state().deletedAt(since);
    }
    return timeout.minusNanos(now - since);
  }

  private static Duration before(Reconciliation reconciliation) {
    Duration before =
        Duration.between(
            Instant.parse(reconciliation.resource().getMetadata().getDeletionTimestamp()),
            reconciliation.now());
    return before.isNegative() ? Duration.ZERO : before;
  }
}
