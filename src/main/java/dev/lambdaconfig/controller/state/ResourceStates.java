package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link ResourceState} of each resource, by its UID. Safe for use by many threads. */
public final class ResourceStates implements StateSizes.Source {

  private final Map<String, ResourceState> states = new ConcurrentHashMap<>();

  /** The state of a resource that is being reconciled. */
  public ResourceState of(LambdaFunctionConfig resource) {
    return states.computeIfAbsent(
        resource.getMetadata().getUid(), uid -> new ResourceState(resource));
  }

  /** The state of a resource that was reconciled and still exists, or null. */
  public @Nullable ResourceState find(String uid) {
    return states.get(uid);
  }

  /**
   * Runs an action with the state of a resource, if there is one; it is not forgotten meanwhile, so
   * that nothing is left behind of a resource that goes at this moment. The action may change what
   * the operator itself keeps of the resource, and must call nothing that takes locks of others.
   */
  public void with(String uid, Consumer<ResourceState> action) {
    states.computeIfPresent(
        uid,
        (key, state) -> {
          action.accept(state);
          return state;
        });
  }

  /** Forgets a resource that is gone. */
  public void forget(String uid) {
    states.remove(uid);
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("ResourceStates.states", states.size());
  }
}
