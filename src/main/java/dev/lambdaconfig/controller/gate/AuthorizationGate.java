package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import java.util.function.Consumer;

/** Resources that name what the policy does not let their namespace name. */
public final class AuthorizationGate implements Gate {

  /** The reason of such a resource. */
  public static final String FORBIDDEN = "Forbidden";

  private final Authorization authorization;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate.
   *
   * @param unwatch called with the state of each forbidden resource, to stop observing its function
   */
  public AuthorizationGate(Authorization authorization, Consumer<ResourceState> unwatch) {
    this.authorization = authorization;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    String refusal =
        authorization.refusal(
            reconciliation.namespace(), reconciliation.spec(), reconciliation.function());
    if (refusal == null) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    return Verdict.decide(step, SpecGate.stalled(FORBIDDEN, refusal));
  }
}
