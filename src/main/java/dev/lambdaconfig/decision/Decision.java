package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The next step for a function. */
public sealed interface Decision {

  /** A decision that ends the reconcile. */
  sealed interface Terminal extends Decision {
    /** The delay until the next reconcile, unless something happens before. */
    Duration requeueAfter();
  }

  /**
   * The function is settled and as the spec declares it.
   *
   * @param remark an addition to the message, or null
   */
  record InSync(Duration requeueAfter, @Nullable String remark) implements Terminal {
    /** Creates the decision without a remark. */
    public InSync(Duration requeueAfter) {
      this(requeueAfter, null);
    }
  }

  /**
   * The difference is reported, and not corrected.
   *
   * @param mode the cause: the operator, which observes whatever specs say, or the spec, where the
   *     operator enforces
   */
  record Observed(Plan plan, OperatorMode mode, Duration requeueAfter) implements Terminal {}

  /**
   * The request of the plan is sent.
   *
   * @param revisionId the RevisionId of the read that the plan was made from; null only on
   *     endpoints that have none, where the user allowed unguarded updates
   */
  record Update(Plan plan, @Nullable String revisionId, Cause cause) implements Decision {}

  /** The function changed between read and write: the same reconcile reads it again. */
  record ReadAgain() implements Decision {}

  /** AWS is busy with the function, which is normal: the next reconcile reads it again. */
  record InProgress(String reason, String message, Duration requeueAfter) implements Terminal {}

  /** The difference is not sent for now, because similar updates fail elsewhere. */
  record Paused(String message, Duration requeueAfter) implements Terminal {}

  /** A transient failure: the next reconcile tries again. */
  record Retry(String reason, String message, Duration requeueAfter) implements Terminal {}

  /**
   * Only a person can help. The function is read again slowly, and at once when spec or function
   * change.
   *
   * @param reason AWS's own code, or one of this operator's reasons
   * @param message AWS's message without secrets, or what to do
   */
  record Stalled(String reason, String message, Duration requeueAfter) implements Terminal {}
}
