package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What to do now. */
public sealed interface Decision {

  /** A decision that ends the reconcile. */
  sealed interface Terminal extends Decision {
    /** The delay until the next reconcile, unless something happens before. */
    Duration requeueAfter();
  }

  /**
   * The function is what the spec wants, and settled.
   *
   * @param remark what is to be said of that, or null
   */
  record InSync(Duration requeueAfter, @Nullable String remark) implements Terminal {
    /** Nothing is to be said. */
    public InSync(Duration requeueAfter) {
      this(requeueAfter, null);
    }
  }

  /**
   * What differs is told, and nothing is done about it.
   *
   * @param mode whose doing that is: the operator's, which observes whatever specs say, or the
   *     spec's, of an operator that enforces
   */
  record Observed(Plan plan, OperatorMode mode, Duration requeueAfter) implements Terminal {}

  /**
   * Send the plan's request.
   *
   * @param revisionId the RevisionId of the read that the plan was made from; null only on
   *     endpoints that have none, where the user allowed unguarded updates
   */
  record Update(Plan plan, @Nullable String revisionId, Cause cause) implements Decision {}

  /** The function changed between read and write: read and decide again, in this pass. */
  record ReadAgain() implements Decision {}

  /** AWS is busy with the function, which is normal: look again. */
  record InProgress(String reason, String message, Duration requeueAfter) implements Terminal {}

  /** What differs is not sent for now, because updates like it fail elsewhere. */
  record Paused(String message, Duration requeueAfter) implements Terminal {}

  /** Something failed that passes by itself: try again. */
  record Retry(String reason, String message, Duration requeueAfter) implements Terminal {}

  /**
   * Only a person can help. Looked at again slowly, and at once when spec or function change.
   *
   * @param reason AWS's own code, or one of this operator's reasons
   * @param message AWS's message without secrets, or what to do
   */
  record Stalled(String reason, String message, Duration requeueAfter) implements Terminal {}
}
