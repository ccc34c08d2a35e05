package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceState.Drift;
import dev.lambdaconfig.decision.history.Cause;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Notifies a listener of what reconciles come to, and times drifts from when they are noticed. */
public final class DriftTimer {

  private final ReconcileListener listener;
  private final LongSupplier nanos;

  /**
   * Creates a timer.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public DriftTimer(ReconcileListener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
  }

  /** The time of the steady clock, in nanoseconds. */
  long now() {
    return nanos.getAsLong();
  }

  /** A sweep saw that the resource's function changed. */
  public void changed(ResourceState state) {
    state.drifted(nanos.getAsLong(), false);
  }

  /** A reconcile ended, be it by an exception. */
  public void reported(ResourceState state, ReconcileReport report) {
    if (report.drifted()) {
      state.drifted(nanos.getAsLong(), true);
    }
    if (report.outcome() == null) {
      return;
    }
    listener.decided(report.outcome());
    if (report.settled()) {
      Drift drift = state.endDrift();
      if (drift != null && drift.certain() && report.outcome() == ReconcileOutcome.InSync) {
        listener.driftSettled(Duration.ofNanos(nanos.getAsLong() - drift.since()));
      }
    }
  }

  /**
   * An update ended, and the status says so.
   *
   * @param cause why it was sent, or null where another version of the operator sent it
   */
  public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {
    listener.updateEnded(cause, outcome);
  }

  /** A reconcile ended that began at this time of the steady clock. */
  public void ended(long began, boolean failed) {
    listener.ended(Duration.ofNanos(nanos.getAsLong() - began), failed);
  }
}
