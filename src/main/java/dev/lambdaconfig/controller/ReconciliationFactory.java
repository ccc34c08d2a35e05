package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.Desired;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Gathers what a reconcile starts from. */
final class ReconciliationFactory {

  private final StatusStore statuses;
  private final References references;
  private final CircuitBreakers breakers;
  private final TenantIdentities identities;
  private final Clock clock;
  private final ValueFingerprint fingerprint = new ValueFingerprint();

  /** The resolution of what specs refer to. */
  record References(Targets targets, ReferencedValues values, Authorization authorization) {}

  ReconciliationFactory(
      StatusStore statuses,
      References references,
      CircuitBreakers breakers,
      TenantIdentities identities,
      Clock clock) {
    this.statuses = statuses;
    this.references = references;
    this.breakers = breakers;
    this.identities = identities;
    this.clock = clock;
  }

  /** Gathers what is known of a resource now. */
  Reconciliation gather(LambdaFunctionConfig resource, ResourceState state) {
    PreviousStatus previous = PreviousStatus.by(statuses.known(resource).status());
    LambdaFunctionConfigSpec spec = resource.getSpec();
    Target target = spec == null || spec.unreadable() != null ? null : target(resource, spec);
    return new Reconciliation(
        resource,
        previous,
        state,
        spec == null || target == null || resource.isMarkedForDeletion()
            ? null
            : declared(spec, resource, previous, state),
        target,
        purpose(resource),
        isRequested(resource, previous, state),
        state.observation().isAnnounced(),
        clock.instant());
  }

  private @Nullable Target target(LambdaFunctionConfig resource, LambdaFunctionConfigSpec spec) {
    Target resolved = references.targets().resolve(spec).target();
    if (resolved == null) {
      return null;
    }
    String namespace = resource.getMetadata().getNamespace();
    Target target = resolved.requestedBy(namespace, resource.getMetadata().getName());
    return switch (references.authorization().identity(resource)) {
      case ActingIdentity.Own own -> target;
      case ActingIdentity.By(IdentityKey key) -> target.as(identities.known(key));
      case ActingIdentity.Unusable unusable -> target.as(Identity.none(namespace));
    };
  }

  private @Nullable Desired declared(
      LambdaFunctionConfigSpec spec,
      LambdaFunctionConfig resource,
      PreviousStatus previous,
      ResourceState state) {
    Desired declared = Desired.of(spec);
    if (!declared.problems().isEmpty()) {
      return null;
    }
    return declared.unresolved() == null
        ? continued(declared, resource, previous, state)
        : declared;
  }

  /** The settings, in view of what earlier reconciles have made of the function. */
  private Desired continued(
      Desired desired,
      LambdaFunctionConfig resource,
      PreviousStatus previous,
      ResourceState state) {
    Desired continued =
        previous.continued(
            desired,
            resource,
            resource.getMetadata().getGeneration(),
            state.appliedVariables(),
            fingerprint::of);
    state.keepAppliedVariables(continued.ignored());
    return continued;
  }

  /**
   * The same reconcile with the values that its spec refers to, of a resource that may have them
   * read.
   *
   * @throws dev.lambdaconfig.kube.ApiServerBusyException if the API server could not answer
   */
  Reconciliation resolved(Reconciliation gathered) {
    Desired declared = gathered.managed();
    Desired desired = references.values().read(gathered.resource(), gathered.spec(), declared);
    return declared.unresolved() == null || desired.unresolved() != null
        ? gathered.desiring(desired)
        : gathered.desiring(
            continued(desired, gathered.resource(), gathered.previous(), gathered.state()));
  }

  /** Whether the values of an earlier reconcile are certain to be those of now. */
  boolean isOfValuesOfNow(Reconciliation earlier) {
    return references.values().areCurrent(earlier.namespace(), earlier.managed().sources());
  }

  private static Purpose purpose(LambdaFunctionConfig resource) {
    if (resource.isMarkedForDeletion()) {
      return Purpose.RESTORE;
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec != null && spec.observes() ? Purpose.OBSERVE : Purpose.ENFORCE;
  }

  /** Whether a person or a tool requested this reconcile, and was not answered yet. */
  private boolean isRequested(
      LambdaFunctionConfig resource, PreviousStatus previous, ResourceState state) {
    return !previous.answers(resource)
        || state.observation().isRequested()
        || (!resource.isMarkedForDeletion() && breakers.isTriedAgain(state));
  }
}
