package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.plan.environment.UnresolvedValue;
import java.time.Duration;

/**
 * Specs that refer to values which are not there, or cannot be used: nothing is planned until all
 * are known. The function stays watched, and owned.
 */
public final class ValuesGate implements Gate {

  /** Delay after which sources are read again, where no change of them has been noticed. */
  private static final Duration RECHECK = Duration.ofMinutes(5);

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    UnresolvedValue problem = reconciliation.managed().unresolved();
    return problem == null
        ? Verdict.pass(step)
        : Verdict.decide(step, new Decision.Stalled(problem.reason(), problem.message(), RECHECK));
  }
}
