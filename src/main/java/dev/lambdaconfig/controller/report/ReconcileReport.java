package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.Submission;
import org.jspecify.annotations.Nullable;

/**
 * The end of a reconcile, as metrics count it.
 *
 * @param requeue when the next one is due
 * @param decision what was decided last, or null if nothing was
 * @param outcome what it came to, or null if a change of its resource overtook it
 * @param drifted whether it found that somebody changed the function behind the operator's back
 * @param settled whether the function is in order, or left as it is
 */
public record ReconcileReport(
    Requeue requeue,
    @Nullable Decision decision,
    @Nullable ReconcileOutcome outcome,
    boolean drifted,
    boolean settled) {

  /** The report of a reconcile that reached a decision, or was overtaken before the first one. */
  public static ReconcileReport decided(Step step, Requeue requeue) {
    return of(
        step,
        step.submission() != Submission.NONE
            ? ReconcileOutcome.Update
            : step.decision() == null ? null : ReconcileOutcome.of(step.decision()),
        requeue);
  }

  /** The report of a reconcile of which a call has to wait for the rate limiter. */
  public static ReconcileReport postponed(Step step, Requeue requeue) {
    return of(step, ReconcileOutcome.Postponed, requeue);
  }

  /**
   * The report of a reconcile that the API server kept from its end: what it came to by then, or
   * that it is tried again.
   */
  static ReconcileReport failed(Step step, Requeue requeue) {
    ReconcileReport report = decided(step, requeue);
    return report.outcome() == null ? of(step, ReconcileOutcome.Retry, requeue) : report;
  }

  /** The report of a reconcile whose outcome is still to be reported. */
  public static ReconcileReport overtaken(Requeue requeue) {
    return new ReconcileReport(requeue, null, null, false, false);
  }

  private static ReconcileReport of(
      Step step, @Nullable ReconcileOutcome outcome, Requeue requeue) {
    boolean settled =
        step.decision() instanceof Decision.InSync || step.decision() instanceof Decision.Observed;
    return new ReconcileReport(requeue, step.decision(), outcome, step.drifted(), settled);
  }
}
