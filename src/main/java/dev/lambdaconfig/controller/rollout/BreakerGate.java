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
    if (!breakers.isPaused(reconciliation, step)
        || !(breakers.tryAcquire(reconciliation, step) instanceof Verdict.Decide(Step paused))) {
      return Verdict.pass(step);
    }
    reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), true));
    return Verdict.decide(paused.with(paused.history().withoutOpen()), paused.decisionMade());
  }
}
