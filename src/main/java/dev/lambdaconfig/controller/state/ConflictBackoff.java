package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.timing.Backoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The delays of reconciles that met a newer version of their resource. */
public final class ConflictBackoff {

  private static final Backoff DELAYS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private final DoubleSupplier random;

  /**
   * Creates a backoff.
   *
   * @param random numbers from 0 to 1, which spread the delays
   */
  public ConflictBackoff(DoubleSupplier random) {
    this.random = random;
  }

  /** Counts a conflict, and returns when the next reconcile is due. */
  public Requeue next(Reconciliation reconciliation) {
    return new Requeue.After(
        DELAYS.delay(
            reconciliation.state().failed(ResourceState.Failures.CONFLICTS), random.getAsDouble()));
  }
}
