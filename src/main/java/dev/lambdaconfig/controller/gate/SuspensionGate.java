package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import java.util.function.Consumer;

/** Suspended resources: the spec is acknowledged, and the function neither read nor written. */
public final class SuspensionGate implements Gate {

  private final StatusReporter reporter;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate.
   *
   * @param unwatch called with the state of each suspended resource, to stop observing its function
   */
  public SuspensionGate(StatusReporter reporter, Consumer<ResourceState> unwatch) {
    this.reporter = reporter;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    if (reconciliation.resource().getSpec() == null || !reconciliation.spec().suspends()) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    return Verdict.lookAgain(step, reporter.acknowledgeSuspension(reconciliation));
  }
}
