package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;

/** Updates that are paused, because similar updates fail: they are not even queued. */
public final class BreakerGate implements Gate {

  private final CircuitBreakers breakers;

  /** Creates the gate. */
  public BreakerGate(CircuitBreakers breakers) {
    this.breakers = breakers;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return breakers.isPaused(reconciliation, step)
            && breakers.tryAcquire(reconciliation, step) instanceof Verdict.Decide paused
        ? paused
        : Verdict.pass(step);
  }
}
