package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.authorization.AssignedRole;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.WithheldFields;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policy in force, applied to resources: what they may name, and as whom they act. */
public final class Authorization {

  private static final ActingIdentity OWN = new ActingIdentity.Own();

  private final Supplier<Policy> policy;
  private final Targets targets;
  private final boolean identityRequired;

  /** Creates the check by a policy, which can be replaced at any time. */
  public Authorization(Supplier<Policy> policy, Targets targets) {
    this(policy, targets, false);
  }

  /**
   * Creates the check by a policy, which can be replaced at any time.
   *
   * @param identityRequired whether resources without an identity of their own are refused
   */
  public Authorization(Supplier<Policy> policy, Targets targets, boolean identityRequired) {
    this.policy = policy;
    this.targets = targets;
    this.identityRequired = identityRequired;
  }

  /** The check of an operator whose resources may name these Regions. */
  public static Authorization of(Supplier<Policy> policy, KnownRegions regions) {
    return new Authorization(policy, new Targets(regions));
  }

  /** The policy in force, for those who only compare it with the one that they have seen. */
  public Object inForce() {
    return policy.get();
  }

  /**
   * The reason for which a resource is forbidden, or null if it is allowed or names no function.
   */
  public @Nullable String refusal(LambdaFunctionConfig resource) {
    return refusal(resource, policy.get());
  }

  /** The same by another policy than the one in force. */
  public @Nullable String refusal(LambdaFunctionConfig resource, Policy other) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (other.isUnrestricted() || spec == null || spec.unreadable() != null) {
      return null;
    }
    Target target = targets.resolve(spec).target();
    return target == null
        ? null
        : other.refusal(resource.getMetadata().getNamespace(), spec, target);
  }

  /** The reason for which a resource is forbidden whose function is known, or null. */
  public @Nullable String refusal(
      String namespace, LambdaFunctionConfigSpec spec, Target function) {
    return policy.get().refusal(namespace, spec, function);
  }

  /** The reason for which nothing of a function may be written, or null. */
  public @Nullable String refusal(String namespace, Target target) {
    return policy.get().refusal(namespace, target);
  }

  /** The fields that a namespace may not have restored, of those that a restore sets. */
  public WithheldFields withheld(String namespace, Target function, Map<String, Value> fields) {
    return policy.get().withheld(namespace, function, fields);
  }

  /**
   * The identity by which the function of a resource is called; the operator's own if it has none.
   */
  public ActingIdentity identity(LambdaFunctionConfig resource) {
    return identity(resource, policy.get());
  }

  /** The same by another policy than the one in force. */
  public ActingIdentity identity(LambdaFunctionConfig resource, Policy other) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec == null || spec.unreadable() != null) {
      return OWN;
    }
    String namespace = resource.getMetadata().getNamespace();
    List<AssignedRole> roles = other.rolesOf(namespace);
    if (roles.isEmpty() && spec.serviceAccountName() == null) {
      return identityRequired
          ? new ActingIdentity.Unusable(IdentityProblems.required(namespace))
          : OWN;
    }
    Target target = targets.resolve(spec).target();
    return target == null ? OWN : identity(namespace, spec.serviceAccountName(), roles, target);
  }

  /**
   * A role that is assigned to a namespace is the administrators' word: a ServiceAccount that a
   * manifest names does not replace it.
   */
  private static ActingIdentity identity(
      String namespace, @Nullable String serviceAccount, List<AssignedRole> roles, Target target) {
    if (roles.size() > 1) {
      return new ActingIdentity.Unusable(
          IdentityProblems.ambiguous(namespace, roles.stream().map(AssignedRole::entry).toList()));
    }
    if (roles.isEmpty()) {
      return new ActingIdentity.By(
          new IdentityKey.OfServiceAccount(
              namespace, String.valueOf(serviceAccount), target.region()));
    }
    AssignedRole role = roles.getFirst();
    return serviceAccount == null
        ? new ActingIdentity.By(
            new IdentityKey.OfRole(namespace, role.roleArn(), role.externalId(), target.region()))
        : new ActingIdentity.Unusable(IdentityProblems.ambiguous(namespace, role.entry()));
  }
}
