package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.controller.resource.Targets;
import org.jspecify.annotations.Nullable;

/** The resources that a policy would forbid, if it were in force. */
public final class ForbiddenResources {

  private final Authorization authorization;

  /** Creates the check of an operator with these Regions. */
  public ForbiddenResources(Policy policy, KnownRegions regions) {
    authorization = new Authorization(() -> policy, new Targets(regions));
  }

  /** The reason for which a resource would be forbidden, or null. */
  public @Nullable String refusal(LambdaFunctionConfig resource) {
    return authorization.refusal(resource);
  }
}
