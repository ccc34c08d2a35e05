package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Triggers and schedules reconciles of resources by their UID, where those that are gone are left
 * out; and, by their name, of those that depend on a changed Secret or ConfigMap.
 */
public final class ResourceTrigger {

  private final ResourceStates states;
  private final RequeueTimer timer;

  /** Triggers by the given timer. */
  public ResourceTrigger(ResourceStates states, RequeueTimer timer) {
    this.states = states;
    this.timer = timer;
  }

  /** Triggers a reconcile now. */
  public void trigger(String uid) {
    states.with(uid, state -> timer.trigger(state.id()));
  }

  /** Triggers a reconcile that waits for a grant. */
  public void granted(String uid) {
    states.with(uid, state -> timer.granted(state.id()));
  }

  /** Triggers a reconcile that waits to read the values of its spec. */
  public void granted(ResourceID resource) {
    timer.granted(resource);
  }

  /** Triggers the resources that depend on a changed Secret or ConfigMap. */
  public void changed(Collection<ResourceID> dependents) {
    dependents.forEach(timer::trigger);
  }

  /** Schedules a reconcile, unless an earlier one is scheduled. */
  public void scheduleAtTheLatest(String uid, Duration delay) {
    states.with(uid, state -> timer.scheduleAtTheLatest(state.id(), delay));
  }

  /** Runs an action on the state of a resource, and triggers a reconcile now. */
  void triggerAfter(String uid, Consumer<ResourceState> action) {
    states.with(uid, action);
    trigger(uid);
  }
}
