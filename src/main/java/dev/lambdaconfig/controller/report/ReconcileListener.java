package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.history.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener for what reconciles do, notified on the threads that run them. Never throws, never
 * waits.
 */
public interface ReconcileListener {

  /** Notifies nobody. */
  ReconcileListener NOBODY =
      new ReconcileListener() {
        @Override
        public void decided(ReconcileOutcome outcome) {}

        @Override
        public void ended(Duration took, boolean failed) {}

        @Override
        public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {}

        @Override
        public void driftSettled(Duration after) {}
      };

  /** A reconcile had an outcome. One that a change of its resource has overtaken has none. */
  void decided(ReconcileOutcome outcome);

  /**
   * A reconcile ended.
   *
   * @param took how long it took, calls included
   * @param failed whether it ended in an error, of the API server or an unexpected one
   */
  void ended(Duration took, boolean failed);

  /**
   * An update of the operator ended, and the status reports its end: once for each.
   *
   * @param cause why it was sent, or null where another version of this operator sent it
   */
  void updateEnded(@Nullable Cause cause, UpdateOutcome outcome);

  /**
   * A drift is corrected.
   *
   * @param after the time since it was noticed
   */
  void driftSettled(Duration after);
}
