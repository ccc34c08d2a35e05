package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.timing.TaskThread;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    handOver(uid, timer::triggered);
  }

  /** Triggers a reconcile that waits for a grant. */
  public void granted(String uid) {
    handOver(uid, timer::due);
  }

  /**
   * Records a trigger of a resource that exists, so that nothing is left behind of one that goes,
   * and hands it over after that: the framework has locks of its own.
   */
  private void handOver(String uid, Predicate<ResourceID> recorded) {
    AtomicReference<@Nullable ResourceID> triggered = new AtomicReference<>();
    states.with(
        uid,
        state -> {
          if (recorded.test(state.id())) {
            triggered.set(state.id());
          }
        });
    ResourceID resource = triggered.get();
    if (resource != null) {
      timer.handOver(resource);
    }
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

  /** The triggers of claims, whose changes of owners a thread of its own tells. */
  public Claims.ClaimTriggers forClaims(TaskThread thread) {
    return new Claims.ClaimTriggers(this::trigger, this::scheduleAtTheLatest, thread::after);
  }

  /** Runs an action on the state of a resource, and triggers a reconcile now. */
  void triggerAfter(String uid, Consumer<ResourceState> action) {
    states.with(uid, action);
    trigger(uid);
  }
}
