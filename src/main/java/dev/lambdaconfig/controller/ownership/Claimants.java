package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.FunctionReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resources that name a function, as the rule of ownership sees them. Region, name and identity
 * come from the spec; the account is the one that AWS has answered, else that of the ARN, else that
 * of the identity (docs/aws.md#function-name). It never comes from a status, because anybody who
 * may write one could claim a function with it.
 */
public final class Claimants {

  /** The key of the operator's own identity. */
  private static final String OWN = "";

  /** The key of resources without an identity that may be used. */
  private static final String NONE = "?";

  private final ResourceCache cache;
  private final OperatorMode mode;
  private final Authorization authorization;
  private final RateLimitedLambda lambda;
  private final ClaimProofs proofs = new ClaimProofs();

  /**
   * Looks at the resources of a cache, which is complete before the first reconcile.
   *
   * @param lambda knows the operator's own account
   */
  public Claimants(
      ResourceCache cache,
      OperatorMode mode,
      Authorization authorization,
      RateLimitedLambda lambda) {
    this.cache = cache;
    this.mode = mode;
    this.authorization = authorization;
    this.lambda = lambda;
  }

  /** The answers of AWS to the claimants' identities. */
  ClaimProofs proofs() {
    return proofs;
  }

  /** The function that a resource names with the identity by which it does, or null. */
  @Nullable Pair pair(LambdaFunctionConfig resource) {
    FunctionKey function = cache.function(resource);
    return function == null ? null : pair(resource, function);
  }

  private Pair pair(LambdaFunctionConfig resource, FunctionKey function) {
    return new Pair(function, identity(authorization.identity(resource)));
  }

  private static String identity(ActingIdentity acting) {
    return switch (acting) {
      case ActingIdentity.Own own -> OWN;
      case ActingIdentity.By(IdentityKey key) -> key.text();
      case ActingIdentity.Unusable unusable -> NONE;
    };
  }

  /**
   * The function as a resource spells it.
   *
   * @param home the account of the identity, or null where it is not known
   */
  NamedFunction spelling(LambdaFunctionConfig resource, Pair pair, @Nullable String home) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return new NamedFunction(
        spec == null ? null : FunctionReference.accountIn(spec.functionName()),
        pair.identity().equals(OWN) ? lambda.home() : home);
  }

  /** The other resources that name a function of this Region and name. */
  List<LambdaFunctionConfig> others(LambdaFunctionConfig resource) {
    FunctionKey function = cache.function(resource);
    String uid = resource.getMetadata().getUid();
    return function == null
        ? List.of()
        : cache.naming(function).stream()
            .filter(other -> !uid.equals(other.getMetadata().getUid()))
            .toList();
  }

  /**
   * Whether another resource may mean the same function. A tenant can name functions of any number
   * of accounts, so that this looks at no more than the account.
   */
  boolean mayMeanTheSame(Claimant self, LambdaFunctionConfig other, FunctionKey function) {
    Pair pair = pair(other, function);
    return !self.meansOtherThan(proofs.account(pair, spelling(other, pair, null)));
  }

  /** Whether a resource is still the one of the cache, and names a function as it did. */
  boolean isCurrent(LambdaFunctionConfig resource, Pair pair) {
    return cache
        .get(ResourceID.fromResource(resource))
        .filter(now -> resource.getMetadata().getUid().equals(now.getMetadata().getUid()))
        .filter(now -> pair.equals(pair(now)))
        .filter(now -> spelling(now, pair, null).equals(spelling(resource, pair, null)))
        .isPresent();
  }

  /** A resource that names a function. */
  Claimant claimant(LambdaFunctionConfig resource, FunctionKey function) {
    Pair pair = pair(resource, function);
    NamedFunction spelling = spelling(resource, pair, null);
    return new Claimant(
        resource.getMetadata().getUid(),
        resource.getMetadata().getCreationTimestamp(),
        pair.identity(),
        proofs.account(pair, spelling),
        part(resource),
        proofs.of(pair, spelling));
  }

  /**
   * The part of a resource: an observing one never writes, and neither does one that the policy
   * forbids, or that is deleted and has nothing to restore, which others can hold for ever. A
   * suspended one keeps its claim.
   */
  Part part(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec == null
        || (resource.isMarkedForDeletion() && !RestoreFinalizer.isOn(resource))
        || authorization.refusal(resource) != null
        || authorization.identity(resource) instanceof ActingIdentity.Unusable) {
      return Part.NONE;
    }
    if (mode.observes(spec)) {
      return spec.suspends() ? Part.NONE : Part.READS;
    }
    return spec.suspends() ? Part.RESTS : Part.WRITES;
  }

  /** Drops the proofs that a resource needed, unless others or its present version need them. */
  void release(LambdaFunctionConfig resource) {
    release(pair(resource));
  }

  /** The same of a resource whose identity was another. */
  void release(LambdaFunctionConfig resource, ActingIdentity before) {
    FunctionKey function = cache.function(resource);
    release(function == null ? null : new Pair(function, identity(before)));
  }

  private void release(@Nullable Pair pair) {
    if (pair != null) {
      proofs.keepFor(
          pair,
          cache.naming(pair.function()).stream()
              .filter(user -> pair(user, pair.function()).equals(pair))
              .map(user -> spelling(user, pair, null))
              .toList());
    }
  }
}
