package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import java.util.function.Consumer;

/** Specs that name no function, or one in a Region that the operator does not know. */
public final class TargetGate implements Gate {

  private final Targets targets;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate.
   *
   * @param unwatch called with the state of each resource without a function, to stop observing one
   */
  public TargetGate(Targets targets, Consumer<ResourceState> unwatch) {
    this.targets = targets;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    if (reconciliation.target() != null) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    Targets.Resolution resolution = targets.resolve(reconciliation.spec());
    return Verdict.decide(
        step, SpecGate.stalled(resolution.reason(), String.valueOf(resolution.problem())));
  }
}
