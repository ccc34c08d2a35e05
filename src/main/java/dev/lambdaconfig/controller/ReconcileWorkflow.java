package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.report.ReconcileReport;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Unreported;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.controller.update.FunctionObserver;
import dev.lambdaconfig.controller.update.FunctionUpdater;
import dev.lambdaconfig.decision.Submission;
import java.util.function.UnaryOperator;

/**
 * One reconcile, as a fold over {@link Step}s, which each act can end. At most one update is sent,
 * and nothing waits for more than one call.
 */
final class ReconcileWorkflow {

  private final Gates gates;
  private final FunctionObserver observer;
  private final FunctionUpdater updater;
  private final CircuitBreakers breakers;
  private final StatusReporter reporter;

  ReconcileWorkflow(
      Gates gates,
      FunctionObserver observer,
      FunctionUpdater updater,
      CircuitBreakers breakers,
      StatusReporter reporter) {
    this.gates = gates;
    this.observer = observer;
    this.updater = updater;
    this.breakers = breakers;
    this.reporter = reporter;
  }

  /**
   * Reconciles a resource that is not being deleted.
   *
   * @param values adds the values that the spec refers to: read only for a resource that may
   */
  ReconcileReport reconcile(Reconciliation gathered, UnaryOperator<Reconciliation> values) {
    Verdict verdict =
        gates.beforeValues().check(gathered, Step.start(gathered)).then(gathered, gates.place());
    if (!(verdict instanceof Verdict.Pass)) {
      return reporter.report(gathered, verdict);
    }
    Reconciliation reconciliation = values.apply(gathered);
    return reporter.report(
        reconciliation,
        verdict.then(reconciliation, gates.beforeRead()).then(reconciliation, this::decide));
  }

  /**
   * Resumes an earlier reconcile whose verdict could not be reported, unless a gate keeps the
   * resource from it by now. No values are read, so that no place is taken.
   */
  ReconcileReport resume(Unreported kept, Reconciliation gathered) {
    Reconciliation now = gathered.desiring(kept.reconciliation().managed());
    Verdict verdict =
        gates.beforeValues().check(now, Step.start(now)).then(now, gates.beforeRead());
    if (!(verdict instanceof Verdict.Pass)) {
      return reporter.report(now, verdict);
    }
    Reconciliation found = kept.reconciliation().of(now.resource());
    return reporter.report(found, Verdict.pass(kept.step()).then(found, this::judge));
  }

  /** Brings a reconcile to the decision that ends it. */
  Verdict decide(Reconciliation reconciliation, Step start) {
    Verdict verdict = Verdict.pass(start);
    do {
      verdict =
          verdict
              .then(reconciliation, observer::observe)
              .then(reconciliation, this::judge)
              .then(reconciliation, gates.beforeUpdate())
              .then(reconciliation, reporter::writeAhead)
              .then(reconciliation, updater::send);
      // The function changed between read and write: it is read again.
    } while (verdict instanceof Verdict.Pass);
    if (verdict instanceof Verdict.Decide(Step step)) {
      ended(reconciliation, step);
    }
    return verdict;
  }

  /** Ends with every decision but an update, be it one of the gates. */
  private Verdict judge(Reconciliation reconciliation, Step step) {
    Verdict gated = gates.afterDecision().check(reconciliation, step);
    return gated instanceof Verdict.Decide(Step decided)
        ? observer.judge(reconciliation, decided)
        : gated.then(reconciliation, observer::judge);
  }

  private void ended(Reconciliation reconciliation, Step step) {
    breakers.ended(reconciliation, step);
    // Where the endpoint did not answer, the update keeps its place.
    boolean observed = step.function() != null || step.fresh();
    if (reconciliation.queued() && observed && step.submission() == Submission.NONE) {
      updater.withdraw(reconciliation);
    }
  }
}
