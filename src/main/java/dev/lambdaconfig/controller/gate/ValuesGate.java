package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.plan.environment.UnresolvedValue;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Specs that refer to values which are not there, or cannot be used: nothing is planned until all
 * are known. The function stays watched, and owned.
 */
public final class ValuesGate implements Gate {

  /** Delay after which sources are read again, where no change of them has been noticed. */
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private final Consumer<ResourceState> withdraw;

  /**
   * Creates the gate.
   *
   * @param withdraw called with the state of a resource that wants no update for now
   */
  public ValuesGate(Consumer<ResourceState> withdraw) {
    this.withdraw = withdraw;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    UnresolvedValue problem = reconciliation.managed().unresolved();
    if (problem == null) {
      return Verdict.pass(step);
    }
    withdraw.accept(reconciliation.state());
    return Verdict.decide(step, new Decision.Stalled(problem.reason(), problem.message(), RECHECK));
  }
}
