package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.model.Target;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the policy in force says of resources. */
public final class Authorization {

  private final Supplier<Policy> policy;
  private final Targets targets;

  /** Creates the check by a policy, which can be replaced at any time. */
  public Authorization(Supplier<Policy> policy, Targets targets) {
    this.policy = policy;
    this.targets = targets;
  }

  /** The check of an operator whose resources may name these Regions. */
  public static Authorization of(Supplier<Policy> policy, KnownRegions regions) {
    return new Authorization(policy, new Targets(regions));
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
}
