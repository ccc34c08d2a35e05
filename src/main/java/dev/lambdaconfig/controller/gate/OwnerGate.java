package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.status.Notice;

/**
 * Functions that an older resource claims: only one resource may write, or two would revert each
 * other's changes forever. The gate follows a read, because only that shows the account of a
 * function.
 */
public final class OwnerGate implements Gate {

  private final Claims claims;
  private final ChangeReporter reporter;

  /** Creates the gate. */
  public OwnerGate(Claims claims, ChangeReporter reporter) {
    this.claims = claims;
    this.reporter = reporter;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    Claims.Ownership ownership = claims.of(reconciliation, step);
    if (ownership instanceof Claims.Owned) {
      return Verdict.pass(step);
    }
    if (ownership instanceof Claims.Taken(LambdaFunctionConfig owner)
        && !reconciliation.isRestoring()
        && !reconciliation.previous().says(Notice.CONFLICT)) {
      reporter.keptBy(reconciliation.resource(), owner);
    }
    return Verdict.decide(step, Claims.decision(ownership, reconciliation));
  }
}
