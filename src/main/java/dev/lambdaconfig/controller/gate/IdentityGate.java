package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.controller.ownership.Claims;
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
import dev.lambdaconfig.identity.account.IdentityProblems;
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
  private final boolean required;
  private final Claims claims;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate.
   *
   * @param required whether resources that name no ServiceAccount are refused
   * @param unwatch called with the state of each resource without its identity, or with another
   *     than before, to stop observing its function
   */
  public IdentityGate(
      TenantIdentities identities,
      boolean required,
      Claims claims,
      Consumer<ResourceState> unwatch) {
    this.identities = identities;
    this.required = required;
    this.claims = claims;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    String serviceAccount = reconciliation.spec().serviceAccountName();
    if (serviceAccount == null) {
      identities.forget(reconciliation.uid());
      return required
          ? refused(
              reconciliation,
              step,
              SpecGate.stalled(
                  IdentityProblems.IDENTITY_REQUIRED,
                  IdentityProblems.required(reconciliation.namespace())))
          : pass(reconciliation, step, null);
    }
    IdentityKey key =
        new IdentityKey(
            reconciliation.namespace(), serviceAccount, reconciliation.function().region());
    return switch (identities.resolve(reconciliation.uid(), key, reconciliation.requested())) {
      case IdentityResolution.Usable(Identity identity) ->
          identity.equals(reconciliation.function().identity())
              ? pass(reconciliation, step, identity)
              : Verdict.lookAgain(step, NOW);
      case IdentityResolution.Pending(Duration delay) ->
          Verdict.lookAgain(step, new Requeue.After(delay));
      case IdentityResolution.Failing(Problem problem, Duration delay) ->
          problem.passing()
              ? Verdict.decide(step, new Decision.Retry(problem.reason(), problem.message(), delay))
              : refused(
                  reconciliation,
                  step,
                  new Decision.Stalled(problem.reason(), problem.message(), delay));
    };
  }

  private Verdict refused(Reconciliation reconciliation, Step step, Decision stalled) {
    unwatch.accept(reconciliation.state());
    claims.refused(reconciliation.resource());
    return Verdict.decide(step, stalled);
  }

  /** Lets a resource pass; one that acts as another than before is gathered anew, from nothing. */
  private Verdict pass(Reconciliation reconciliation, Step step, @Nullable Identity identity) {
    if (reconciliation.state().actsAs(identity == null ? "" : identity.session())) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    claims.actsAs(reconciliation.resource(), identity);
    return Verdict.lookAgain(step, NOW);
  }
}
