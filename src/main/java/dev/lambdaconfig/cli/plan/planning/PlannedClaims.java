package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claims of resources on their functions, in the order of the resources. Of two, the operator
 * lets the older one have the function; of manifests nobody knows which one that will be. A
 * suspended resource keeps its claim, but its function is not read: the claim counts where another
 * resource of the same identity can read the function.
 */
final class PlannedClaims {

  /** The reason where another resource owns the function. */
  private static final String CONFLICT = "Conflict";

  /**
   * A claim.
   *
   * @param plan what the plan says of the resource
   */
  record Claim(PlanInput input, FunctionPlan plan, Target target) {

    boolean isSuspended() {
      return input.spec().suspends();
    }

    /** The conflict of a resource with this one, which owns the function. */
    PlanProblem conflict() {
      return new PlanProblem(
          CONFLICT,
          "%s (%s) manages the same function%s: remove one of the two, or set mode: Observe"
              .formatted(
                  plan.origin().resource(),
                  plan.origin().place(),
                  isSuspended() ? ", and keeps its claim while it is suspended" : ""));
    }

    private boolean isSameIdentity(Claim other) {
      String account = input.spec().serviceAccountName();
      return Objects.equals(account, other.input.spec().serviceAccountName())
          && (account == null || input.namespace().equals(other.input.namespace()));
    }

    private boolean isSameAccount(Claim other) {
      return target.account() == null
          || other.target.account() == null
          || target.account().equals(other.target.account());
    }
  }

  private final Map<FunctionKey, List<Claim>> claims = new HashMap<>();

  /**
   * Adds the claim of a resource; an observing one has none.
   *
   * @return the claim before it by which another resource owns the function, or null
   */
  @Nullable Claim add(Claim claim) {
    if (claim.input().spec().observes()) {
      return null;
    }
    List<Claim> before = claims.computeIfAbsent(claim.target().key(), key -> new ArrayList<>());
    Claim owner = null;
    for (Claim other : before) {
      if (owner == null
          && other.isSameAccount(claim)
          && (!other.isSuspended() || other.isSameIdentity(claim))) {
        owner = other;
      }
    }
    // Behind an active claim nothing more has to be known of a function.
    if (owner == null || owner.isSuspended()) {
      before.add(claim);
    }
    return owner;
  }
}
