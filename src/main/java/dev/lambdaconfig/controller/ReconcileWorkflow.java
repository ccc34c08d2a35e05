package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.report.ReconcileReport;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Submission;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.controller.update.FunctionObserver;
import dev.lambdaconfig.controller.update.FunctionUpdater;

/**
 * One reconcile, as a fold over {@link Step}s: the gates before a read, the observation and its
 * decision, the gates before a write, the announcement, the update, and the report. Any of them can
 * end it. At most one update is sent, and nothing waits for more than one call.
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

  /** Reconciles a resource that is not being deleted. */
  ReconcileReport reconcile(Reconciliation reconciliation) {
    Verdict start = Verdict.pass(Step.start(reconciliation));
    return reporter.report(
        reconciliation,
        start.then(reconciliation, gates.beforeRead()).then(reconciliation, this::decide));
  }

  /** Brings a reconcile to the decision that ends it, be it after an update. */
  Verdict decide(Reconciliation reconciliation, Step start) {
    Verdict verdict = Verdict.pass(start);
    do {
      verdict =
          verdict
              .then(reconciliation, observer::observe)
              .then(reconciliation, gates.afterDecision())
              .then(reconciliation, observer::judge)
              .then(reconciliation, gates.beforeUpdate())
              .then(reconciliation, reporter::writeAhead)
              .then(reconciliation, updater::send);
      // Passed to the end: the function changed between read and write, and is read again.
    } while (verdict instanceof Verdict.Pass);
    if (verdict instanceof Verdict.Decide(Step step)) {
      ended(reconciliation, step);
    }
    return verdict;
  }

  private void ended(Reconciliation reconciliation, Step step) {
    breakers.ended(reconciliation, step);
    if (reconciliation.queued() && step.submission() == Submission.NONE) {
      updater.withdraw(reconciliation);
    }
  }
}
