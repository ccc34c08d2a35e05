package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;

/**
 * Updates for which no place is free: no more are sent before some of those under way have
 * succeeded. A place counts as taken until its update has ended.
 */
public final class ConcurrencyGate implements Gate {

  private final CircuitBreakers breakers;

  /** Creates the gate. */
  public ConcurrencyGate(CircuitBreakers breakers) {
    this.breakers = breakers;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return breakers.tryAcquire(reconciliation, step);
  }
}
