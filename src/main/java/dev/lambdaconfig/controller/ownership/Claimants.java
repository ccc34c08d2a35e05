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

  /**
   * The circumstances by which claimants are made.
   *
   * @param policy the policy in force
   * @param home the operator's own account, or null
   */
  record Basis(Object policy, @Nullable String home) {}

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

  /** The function that a resource names, or null. */
  @Nullable FunctionKey function(LambdaFunctionConfig resource) {
    return cache.function(resource);
  }

  /** The function that a resource names with the identity by which it does, or null. */
  @Nullable Pair pair(LambdaFunctionConfig resource) {
    FunctionKey function = function(resource);
    return function == null ? null : pair(resource, function);
  }

  /** The same where the function is known. */
  Pair pair(LambdaFunctionConfig resource, FunctionKey function) {
    return new Pair(function, identity(authorization.identity(resource)));
  }

  /** The function that a resource names with another identity than its own; or null. */
  @Nullable Pair pair(LambdaFunctionConfig resource, ActingIdentity acting) {
    FunctionKey function = function(resource);
    return function == null ? null : new Pair(function, identity(acting));
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
    return spelling(
        pair.identity(),
        spec == null ? null : FunctionReference.accountIn(spec.functionName()),
        home);
  }

  /**
   * The function as resources of an identity spell it.
   *
   * @param named the account in its ARN, or null
   * @param home the account of the identity, or null where it is not known
   */
  NamedFunction spelling(String identity, @Nullable String named, @Nullable String home) {
    return new NamedFunction(named, identity.equals(OWN) ? lambda.home() : home);
  }

  /** The circumstances now, besides the resources and the answers to them. */
  Basis basis() {
    return new Basis(authorization.inForce(), lambda.home());
  }

  /** The resources that name a function of this Region and name. */
  List<LambdaFunctionConfig> naming(FunctionKey function) {
    return cache.naming(function);
  }

  /** Whether a resource names a function of this Region and name beside one. */
  boolean isNamedBeside(FunctionKey function, String uid) {
    return cache.isNamedBeside(function, uid);
  }

  /** The present version of a resource, or null if it is gone. */
  @Nullable LambdaFunctionConfig find(ResourceID id, String uid) {
    return cache.get(id).filter(now -> uid.equals(now.getMetadata().getUid())).orElse(null);
  }

  /** Whether a resource is still the one of the cache, and names a function as it did. */
  boolean isCurrent(LambdaFunctionConfig resource, Pair pair) {
    LambdaFunctionConfig now =
        find(ResourceID.fromResource(resource), resource.getMetadata().getUid());
    return now != null
        && pair.equals(pair(now))
        && spelling(now, pair, null).equals(spelling(resource, pair, null));
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
}
