package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Baseline;
import java.util.List;
import java.util.Objects;

/**
 * Environment values that were kept for an update, once that is no longer open. They may be the
 * only copy of what the function had: without proof that AWS has not applied it they are never
 * dropped.
 */
public final class ProvisionalValues {

  private ProvisionalValues() {}

  /**
   * The step whose baseline has the values for good where AWS may have applied the update, and not
   * at all where it has not. To be done before another update is announced: from then on the status
   * waits for that one. A deletion leaves them as they are: it puts them back, so that its plan
   * says nothing of the update that they were kept for.
   *
   * @param known what the status says that is known now, which can be from before this reconcile,
   *     where another writer changed it
   */
  public static Step settled(Reconciliation reconciliation, Step step, UpdateHistory known) {
    return reconciliation.isRestoring()
            || !step.baseline().isProvisional()
            || step.history().isOpen()
        ? step
        : step.with(settled(step, List.of(reconciliation.previous().history(), known)));
  }

  private static Baseline settled(Step step, List<UpdateHistory> histories) {
    boolean rejected = histories.stream().anyMatch(step::isRejected);
    boolean mayBeApplied =
        histories.stream()
            .anyMatch(before -> new HistoryChange(before, step.history()).mayBeApplied());
    if (mayBeApplied && !rejected) {
      return step.baseline().confirmed();
    }
    ObservedFunction function = step.function();
    if ((step.submission() == Submission.OVERTAKEN && !rejected)
        || histories.stream().noneMatch(UpdateHistory::isOpen)) {
      return step.plan() != null && function != null && isNews(function, histories)
          ? step.baseline().judgedBy(step.plan(), function)
          : step.baseline();
    }
    return function != null && Baseline.isUnreadable(function)
        ? step.baseline()
        : step.baseline().withoutProvisional();
  }

  /** Whether the function is at rest, and was read since the update was planned. */
  private static boolean isNews(ObservedFunction function, List<UpdateHistory> histories) {
    return function.lifecycle().isSettled()
        && histories.stream()
            .map(UpdateHistory::open)
            .filter(Objects::nonNull)
            .noneMatch(open -> Objects.equals(open.plannedRevision(), function.revisionId()));
  }
}
