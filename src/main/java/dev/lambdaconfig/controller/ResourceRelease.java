package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.StatusStore;
import java.util.function.Consumer;

/** Frees whatever is held for a resource: its state, its places in queues, its claim, its cache. */
final class ResourceRelease {

  private final ResourceStates states;
  private final Consumer<String> unwatch;
  private final CircuitBreakers breakers;
  private final StatusStore statuses;
  private final BaselineSecrets secrets;

  /**
   * @param unwatch called with the UID of a resource of whose function nothing is noticed any more
   */
  ResourceRelease(
      ResourceStates states,
      Consumer<String> unwatch,
      CircuitBreakers breakers,
      StatusStore statuses,
      BaselineSecrets secrets) {
    this.states = states;
    this.unwatch = unwatch;
    this.breakers = breakers;
    this.statuses = statuses;
    this.secrets = secrets;
  }

  /** Notices nothing of the function any more. */
  void unwatch(ResourceState state) {
    unwatch.accept(state.uid());
    state.unwatch();
    breakers.withdraw(state);
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource, ResourceState state) {
    String uid = state.uid();
    // First, so that a sweep that has just seen its function change leaves nothing behind.
    states.forget(uid);
    unwatch(state);
    breakers.forget(state);
    statuses.forget(resource);
    secrets.forget(uid);
  }
}
