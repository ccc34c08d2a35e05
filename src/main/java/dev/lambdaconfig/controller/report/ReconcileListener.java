package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.history.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what passes do, on the threads that make them. Never throws, never waits. */
public interface ReconcileListener {

  /** Tells nobody. */
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

  /** A pass came to something. Passes that were overtaken by a change of their resource do not. */
  void decided(ReconcileOutcome outcome);

  /**
   * A pass ended.
   *
   * @param took how long it took, calls included
   * @param failed whether it ended in an error, of the API server or one that nobody expected
   */
  void ended(Duration took, boolean failed);

  /**
   * An update of ours ended, and its end is told in the status: once for each.
   *
   * @param cause why it was sent, or null where another version of this operator sent it
   */
  void updateEnded(@Nullable Cause cause, UpdateOutcome outcome);

  /**
   * A drift is put right.
   *
   * @param after the time since it was noticed
   */
  void driftSettled(Duration after);
}
