package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resources whose identity is not at hand. One without it is neither read nor written, and has no
 * claim: the operator's own rights never stand in for those of a tenant.
 */
public final class IdentityGate implements Gate {

  private static final Requeue NOW = new Requeue.After(Duration.ZERO);

  private final TenantIdentities identities;
  private final Authorization authorization;
  private final Claims claims;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate.
   *
   * @param unwatch called with the state of each resource without its identity, or with another
   *     than before, to stop observing its function
   */
  public IdentityGate(
      TenantIdentities identities,
      Authorization authorization,
      Claims claims,
      Consumer<ResourceState> unwatch) {
    this.identities = identities;
    this.authorization = authorization;
    this.claims = claims;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return switch (authorization.identity(reconciliation.resource())) {
      case ActingIdentity.By(IdentityKey key) -> resolved(reconciliation, step, key);
      case ActingIdentity.Own own -> {
        identities.forget(reconciliation.uid());
        // The policy may have changed since the reconcile was gathered.
        yield reconciliation.function().identity() == null
            ? pass(reconciliation, step, null)
            : Verdict.lookAgain(step, NOW);
      }
      case ActingIdentity.Unusable(Problem problem) -> {
        identities.forget(reconciliation.uid());
        yield refused(reconciliation, step, SpecGate.stalled(problem.reason(), problem.message()));
      }
    };
  }

  private Verdict resolved(Reconciliation reconciliation, Step step, IdentityKey key) {
    return switch (identities.resolve(reconciliation.uid(), key, reconciliation.requested())) {
      case IdentityResolution.Usable(Identity identity) ->
          identity.equals(reconciliation.function().identity())
              ? pass(reconciliation, step, identity)
              : Verdict.lookAgain(step, NOW);
      case IdentityResolution.Pending(Duration delay) ->
          Verdict.lookAgain(step, new Requeue.After(delay));
      case IdentityResolution.Failing(Problem problem, Duration delay) ->
          failing(reconciliation, step, problem, delay);
    };
  }

  /** Ends the reconcile; what says nothing of the identity takes no claim that it has proven. */
  private Verdict failing(
      Reconciliation reconciliation, Step step, Problem problem, Duration delay) {
    Decision stalled = new Decision.Stalled(problem.reason(), problem.message(), delay);
    return switch (problem.kind()) {
      case PASSING ->
          Verdict.decide(step, new Decision.Retry(problem.reason(), problem.message(), delay));
      case OF_OPERATOR -> Verdict.decide(step, stalled);
      case OF_IDENTITY -> refused(reconciliation, step, stalled);
    };
  }

  private Verdict refused(Reconciliation reconciliation, Step step, Decision stalled) {
    unwatch.accept(reconciliation.state());
    claims.refused(reconciliation.resource());
    return Verdict.decide(step, stalled);
  }

  /** Lets a resource pass; one that acts as another than before is gathered anew, from nothing. */
  private Verdict pass(Reconciliation reconciliation, Step step, @Nullable Identity identity) {
    if (reconciliation.state().actsAs(Identity.sessionOf(identity))) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    claims.actsAs(reconciliation.resource(), identity);
    return Verdict.lookAgain(step, NOW);
  }
}
