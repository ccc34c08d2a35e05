package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.function.Consumer;

/** The beginning and the end of each resource, as the framework and the cache show them. */
final class ResourceLifetimes {

  private final ResourceCache cache;
  private final ResourceStates states;
  private final ResourceRelease release;
  private final Consumer<LambdaFunctionConfig> onDeleted;
  private final Consumer<ResourceID> forgetName;

  /**
   * Creates the lifetimes of resources.
   *
   * @param onDeleted called with each resource that the watch has lost, after its last reconcile
   */
  ResourceLifetimes(
      ResourceCache cache,
      ResourceStates states,
      ResourceRelease release,
      Consumer<LambdaFunctionConfig> onDeleted,
      Consumer<ResourceID> forgetName) {
    this.cache = cache;
    this.states = states;
    this.release = release;
    this.onDeleted = onDeleted;
    this.forgetName = forgetName;
  }

  /** The framework shows its cache, before anything is in it. */
  void connect(IndexerResourceCache<LambdaFunctionConfig> connected) {
    cache.connect(connected);
  }

  /** Whether all resources of a namespace are known: one that is added later is still listed. */
  boolean areAllKnown(String namespace) {
    return cache.isComplete(namespace);
  }

  /** The state of a resource that is being reconciled. */
  ResourceState state(LambdaFunctionConfig resource) {
    return states.of(resource);
  }

  /** The watch has lost a resource. */
  void deleted(LambdaFunctionConfig resource) {
    onDeleted.accept(resource);
  }

  /**
   * Forgets a resource that went during its reconcile, which has created again what the deletion
   * removed. The framework goes by names: a resource that was made anew meanwhile has the same one.
   *
   * @param state the state that the reconcile used, which the deletion has taken out by then
   */
  void forgetIfGone(LambdaFunctionConfig resource, ResourceState state) {
    if (!cache.contains(resource)) {
      forget(resource, state);
    }
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource) {
    ResourceState state = states.find(resource.getMetadata().getUid());
    forget(resource, state == null ? new ResourceState(resource) : state);
  }

  private void forget(LambdaFunctionConfig resource, ResourceState state) {
    release.forget(resource, state);
    ResourceID id = ResourceID.fromResource(resource);
    if (cache.get(id).isEmpty()) {
      // These go by name: with another resource of it they are that one's.
      forgetName.accept(id);
    }
  }
}
