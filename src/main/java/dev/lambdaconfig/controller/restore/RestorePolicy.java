package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.authorization.WithheldFields;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import org.jspecify.annotations.Nullable;

/**
 * Whether the deletion of a resource is to put fields back, and what hinders that from the start.
 */
public final class RestorePolicy {

  private final Claims claims;
  private final Targets targets;
  private final OperatorMode mode;
  private final Authorization authorization;

  /** Creates a policy. */
  public RestorePolicy(
      Claims claims, Targets targets, OperatorMode mode, Authorization authorization) {
    this.claims = claims;
    this.targets = targets;
    this.mode = mode;
    this.authorization = authorization;
  }

  /** Whether the spec wants it, and no older resource keeps the function. */
  boolean isWanted(Reconciliation reconciliation) {
    LambdaFunctionConfigSpec spec = reconciliation.spec();
    return spec.restores()
        && !spec.suspends()
        && !(claims.of(reconciliation) instanceof Claims.Taken);
  }

  /** The reason for which nothing may be written, which the deleter did not choose, or null. */
  @Nullable String prohibition(Reconciliation reconciliation) {
    if (mode == OperatorMode.OBSERVE) {
      return "the operator runs with --mode=Observe";
    }
    Target target = reconciliation.target();
    return target == null ? null : authorization.refusal(reconciliation.namespace(), target);
  }

  /**
   * The fields that are not restored, because the policy gives the namespace no such values. A
   * baseline is the word of whoever may write a status.
   *
   * @param former what a restore of all fields would set
   */
  WithheldFields withheld(Reconciliation reconciliation, Desired former) {
    Target target = reconciliation.target();
    return target == null
        ? WithheldFields.NONE
        : authorization.withheld(reconciliation.namespace(), target, former.values());
  }

  /** The problem of the function that the spec names, or null. */
  @Nullable String problem(Reconciliation reconciliation) {
    return targets.resolve(reconciliation.spec()).problem();
  }
}
