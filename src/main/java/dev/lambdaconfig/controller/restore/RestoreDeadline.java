package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState.Restoration;
import dev.lambdaconfig.controller.state.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that a deletion may wait for fields to come back. The API server's clock is another one,
 * and both can be set: by them only the time before the first look is measured.
 *
 * <p>Nobody may have tried in that time: no operator ran, or none led. Therefore each process gives
 * each deletion a time of its own, and the bound holds for each process: one that ends again and
 * again before that time is over releases nothing.
 */
public final class RestoreDeadline {

  /**
   * The time from a process's first look at a deletion, and from the first attempt that comes to a
   * decision, unless the timeout is shorter.
   */
  static final Duration LEAST = Duration.ofMinutes(5);

  /** The extension while no attempt came to a decision: requests wait in a queue that moves. */
  static final Duration UNTRIED = Duration.ofHours(1);

  /** The extension while AWS may be applying an update: one that takes longer is stuck. */
  static final Duration APPLYING = Duration.ofMinutes(10);

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

  /** Records what kept an attempt from its end; the first one may be late, and is not the last. */
  void tried(Reconciliation reconciliation, String obstacle) {
    Restoration known = known(reconciliation);
    long since =
        known.obstacle() == null
            ? Math.max(known.since(), nanos.getAsLong() - timeout.minus(least()).toNanos())
            : known.since();
    reconciliation.state().restoring(new Restoration(since, obstacle));
  }

  /** The obstacle of the last attempt of this process, or null before the first one. */
  @Nullable String obstacle(Reconciliation reconciliation) {
    return known(reconciliation).obstacle();
  }

  boolean isOver(Reconciliation reconciliation, Step step) {
    return !left(reconciliation, step).isPositive();
  }

  /** The time that is left; not above zero once it is over. */
  Duration left(Reconciliation reconciliation, Step step) {
    Restoration known = known(reconciliation);
    Duration more =
        known.obstacle() == null ? UNTRIED : step.mayBeApplied() ? APPLYING : Duration.ZERO;
    return timeout.plus(more).minusNanos(nanos.getAsLong() - known.since());
  }

  private Restoration known(Reconciliation reconciliation) {
    Restoration known = reconciliation.state().restoration();
    if (known == null) {
      long spent = Math.min(before(reconciliation).toNanos(), timeout.minus(least()).toNanos());
      known = new Restoration(nanos.getAsLong() - spent, null);
      reconciliation.state().restoring(known);
    }
    return known;
  }

  private Duration least() {
    return timeout.compareTo(LEAST) < 0 ? timeout : LEAST;
  }

  private static Duration before(Reconciliation reconciliation) {
    Duration before =
        Duration.between(
            Instant.parse(reconciliation.resource().getMetadata().getDeletionTimestamp()),
            reconciliation.now());
    return before.isNegative() ? Duration.ZERO : before;
  }
}
