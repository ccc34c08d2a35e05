package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.status.NextStatus;
import org.jspecify.annotations.Nullable;

/** The statuses that follow from a reconcile and the status before. */
final class StatusDraft {

  private StatusDraft() {}

  /** Acknowledges a suspended spec. */
  static LambdaFunctionConfigStatus suspended(
      Reconciliation reconciliation, @Nullable LambdaFunctionConfigStatus before) {
    return next(reconciliation, before).suspended();
  }

  /** Says that a suspension has ended. */
  static LambdaFunctionConfigStatus resumed(
      Reconciliation reconciliation, @Nullable LambdaFunctionConfigStatus before) {
    return next(reconciliation, before)
        .managing(reconciliation.managed(), reconciliation.function().region())
        .resumed();
  }

  /** Says what was decided, and all that was learned on the way. */
  static LambdaFunctionConfigStatus decided(
      Reconciliation reconciliation, Step step, @Nullable LambdaFunctionConfigStatus before) {
    UpdateHistory known = UpdateHistory.of(before);
    HistoryChange change = new HistoryChange(known, step.history());
    NextStatus next =
        next(reconciliation, before)
            .history(step.history())
            .announcement(change.announcement(step.isRejected(known)))
            .handled(
                isUnsent(reconciliation, step)
                    ? null
                    : ReconcileRequest.token(reconciliation.resource()))
            .baseline(step.baseline());
    if (reconciliation.desired() != null && reconciliation.isRestoring()) {
      next.restoring(reconciliation.desired());
    } else if (reconciliation.desired() != null) {
      next.managing(reconciliation.desired(), reconciliation.function().region());
    }
    if (step.function() != null) {
      next.observed(step.function());
    } else if (step.decision() instanceof Decision.Stalled stalled
        && (stalled.reason().equals(Decider.FUNCTION_NOT_FOUND)
            || isUnreadable(reconciliation, step))) {
      next.absent();
    }
    if (step.appliedAt() != null) {
      next.applied(step.appliedAt());
    }
    return next.decided(step.decisionMade(), step.plan());
  }

  /**
   * Whether what was requested is still to be done: the function could not be read, or an update is
   * still to be sent. Until then a request is not answered, or the next attempt, perhaps of a
   * process that starts after a crash, would not know that somebody waits for it.
   */
  private static boolean isUnsent(Reconciliation reconciliation, Step step) {
    boolean waits = step.submission() != Submission.ACCEPTED && reconciliation.requested();
    return switch (step.decisionMade()) {
      case Decision.Update update -> true;
      case Decision.Paused paused -> waits;
      case Decision.Retry retry -> waits;
      case Decision.InProgress inProgress -> waits;
      case Decision.ReadAgain readAgain -> false;
      case Decision.Stalled stalled -> false;
      case Decision.InSync inSync -> false;
      case Decision.Observed observed -> false;
    };
  }

  /** Whether the resource's own identity may not read the function, or there is none. */
  private static boolean isUnreadable(Reconciliation reconciliation, Step step) {
    Target target = reconciliation.target();
    Identity identity = target == null ? null : target.identity();
    return identity != null && (step.fresh() || !identity.hasSession());
  }

  private static NextStatus next(
      Reconciliation reconciliation, @Nullable LambdaFunctionConfigStatus before) {
    return NextStatus.after(before, reconciliation.generation(), reconciliation.now());
  }
}
