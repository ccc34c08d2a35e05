package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ResourceCache;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A change of the policy: it triggers the resources that are now forbidden or allowed or forbidden
 * for another reason or act as another identity, and those that share a function with them.
 */
public final class PolicyTrigger {

  private final Authorization authorization;
  private final ResourceCache cache;
  private final Claims claims;
  private final Consumer<String> trigger;

  /**
   * Creates a trigger.
   *
   * @param trigger called with the UID of each resource
   */
  public PolicyTrigger(
      Authorization authorization, ResourceCache cache, Claims claims, Consumer<String> trigger) {
    this.authorization = authorization;
    this.cache = cache;
    this.claims = claims;
    this.trigger = trigger;
  }

  /** Triggers the resources on which the policy in force and an earlier one disagree. */
  public void changed(Policy before) {
    cache
        .list()
        .forEach(
            resource -> {
              ActingIdentity former = authorization.identity(resource, before);
              if (!former.equals(authorization.identity(resource))) {
                claims.forget(resource, former);
                trigger(resource);
              } else if (isConcerned(resource, before)) {
                trigger(resource);
              }
            });
  }

  private boolean isConcerned(LambdaFunctionConfig resource, Policy before) {
    return !Objects.equals(
        authorization.refusal(resource, before), authorization.refusal(resource));
  }

  private void trigger(LambdaFunctionConfig resource) {
    trigger.accept(resource.getMetadata().getUid());
    claims.judgedAnew(resource);
  }
}
