package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.StatusStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.function.Consumer;

/** Frees whatever is held for a resource: its state, its places in queues, its claim, its cache. */
final class ResourceRelease {

  private final ResourceStates states;
  private final Releases releases;
  private final CircuitBreakers breakers;
  private final StatusStore statuses;
  private final BaselineSecrets secrets;

  /**
   * The releases of what other classes hold for a resource.
   *
   * @param reads called with its UID when nothing is read of its function any more
   * @param claim called with it when it is gone
   * @param identity called with its UID when it makes no call any more, by whichever identity
   * @param values called with its name when nothing is read any more of the values that its spec
   *     refers to
   */
  record Releases(
      Consumer<String> reads,
      Consumer<LambdaFunctionConfig> claim,
      Consumer<String> identity,
      Consumer<ResourceID> values) {}

  ResourceRelease(
      ResourceStates states,
      Releases releases,
      CircuitBreakers breakers,
      StatusStore statuses,
      BaselineSecrets secrets) {
    this.states = states;
    this.releases = releases;
    this.breakers = breakers;
    this.statuses = statuses;
    this.secrets = secrets;
  }

  /**
   * Notices nothing any more of the function, and of the values that the spec refers to; what is
   * known of the claim stays.
   */
  void unwatch(ResourceState state) {
    forgetFunction(state);
    releases.values().accept(state.id());
  }

  /** Unwatches a resource that makes no call for now, and releases its credentials as well. */
  void rest(ResourceState state) {
    unwatch(state);
    releases.identity().accept(state.uid());
  }

  private void forgetFunction(ResourceState state) {
    releases.reads().accept(state.uid());
    state.unwatch();
    breakers.withdraw(state);
  }

  /** Forgets a resource that is gone; what goes by its name can be another one's by now. */
  void forget(LambdaFunctionConfig resource, ResourceState state) {
    String uid = state.uid();
    // First, so that a sweep that has just seen its function change leaves nothing behind.
    states.forget(uid);
    forgetFunction(state);
    breakers.forget(state);
    statuses.forget(resource);
    secrets.forget(uid);
    releases.claim().accept(resource);
    releases.identity().accept(uid);
  }
}
