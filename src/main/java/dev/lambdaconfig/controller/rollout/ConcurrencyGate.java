package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;

/**
 * Updates for which no place is free: before some of those that run have shown that they succeed,
 * no more of them are sent. A place that is given counts as taken until the update has ended.
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
