package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;

/** Resources that are no longer suspended: the status reports it before the function is read. */
public final class ResumptionGate implements Gate {

  private final StatusReporter reporter;

  /** Creates the gate. */
  public ResumptionGate(StatusReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return reconciliation.previous().isSuspended()
        ? reporter.announceResumption(reconciliation, step)
        : Verdict.pass(step);
  }
}
