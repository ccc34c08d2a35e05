package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules the next reconcile of each resource, at most one, by a steady clock. The framework's
 * own timer goes by the time of day, so that a corrected clock could put a reconcile off by hours.
 */
public final class RequeueTimer extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements StateSizes.Source {

  private static final Logger LOG = LoggerFactory.getLogger(RequeueTimer.class);

  /** Delay after a trigger that the framework refused. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  /** A reconcile that is scheduled. */
  private final class Scheduled implements Runnable {
    private final ResourceID resource;
    private final long due;

    /** Whether it is the grant that a call waits for, and serves no other purpose. */
    private final boolean forGrant;

    /** The entry of the executor's queue; guarded by the entry of the map. */
    private @Nullable Future<?> task;

    private Scheduled(ResourceID resource, long due, boolean forGrant) {
      this.resource = resource;
      this.due = due;
      this.forGrant = forGrant;
    }

    @Override
    public void run() {
      due(this);
    }
  }

  private final WorkQueueAge queueAge;
  private final LongSupplier nanos;
  private final Map<ResourceID, Scheduled> scheduled = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("requeue-timer").daemon().factory());

  /**
   * Creates a timer without scheduled reconciles.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public RequeueTimer(WorkQueueAge queueAge, LongSupplier nanos) {
    super(Void.class, "requeue-timer");
    this.queueAge = queueAge;
    this.nanos = nanos;
    executor.setRemoveOnCancelPolicy(true);
  }

  /**
   * Schedules the next reconcile at the end of one, in place of one that was scheduled before. If
   * another one runs by then, that one schedules the next.
   */
  void schedule(ResourceID resource, Duration delay) {
    scheduled.compute(
        resource,
        (id, before) -> {
          cancel(before);
          return start(id, delay, true);
        });
  }

  /** Schedules a reconcile, unless an earlier one is scheduled. */
  public void scheduleAtTheLatest(ResourceID resource, Duration delay) {
    long due = nanos.getAsLong() + delay.toNanos();
    scheduled.compute(
        resource,
        (id, before) -> {
          if (before != null && before.due - due <= 0) {
            return before;
          }
          cancel(before);
          return start(id, delay, false);
        });
  }

  /** Triggers a reconcile now, unless one waits to begin. What is scheduled stays so. */
  void trigger(ResourceID resource) {
    EventHandler handler = getEventHandler();
    if (handler != null && queueAge.triggered(resource)) {
      handle(handler, resource);
    }
  }

  /**
   * Triggers a reconcile because the limiter would grant its call now, unless one waits to begin;
   * if one runs, at its end, and only if it still waits for the grant.
   */
  void granted(ResourceID resource) {
    EventHandler handler = getEventHandler();
    if (handler != null && queueAge.due(resource)) {
      handle(handler, resource);
    }
  }

  private void handle(EventHandler handler, ResourceID resource) {
    boolean handled = false;
    try {
      handler.handleEvent(new Event(resource));
      handled = true;
    } finally {
      if (!handled) {
        queueAge.forget(resource);
      }
    }
  }

  void cancel(ResourceID resource) {
    cancel(scheduled.remove(resource));
  }

  /** Forgets a name that no resource has any more. */
  public void forget(ResourceID resource) {
    cancel(resource);
    queueAge.forget(resource);
  }

  private static void cancel(@Nullable Scheduled reconcile) {
    if (reconcile != null && reconcile.task != null) {
      reconcile.task.cancel(false);
    }
  }

  private @Nullable Scheduled start(ResourceID resource, Duration delay, boolean forGrant) {
    Scheduled reconcile = new Scheduled(resource, nanos.getAsLong() + delay.toNanos(), forGrant);
    try {
      reconcile.task = executor.schedule(reconcile, delay.toNanos(), TimeUnit.NANOSECONDS);
      return reconcile;
    } catch (RejectedExecutionException e) {
      // The operator stops: the next process reconciles every resource anew.
      return null;
    }
  }

  private void due(Scheduled reconcile) {
    ResourceID resource = reconcile.resource;
    try {
      if (!scheduled.remove(resource, reconcile)) {
        // It was replaced at the moment it became due.
        return;
      }
      if (reconcile.forGrant) {
        granted(resource);
      } else {
        trigger(resource);
      }
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("resource", resource).log("a reconcile could not be triggered", e);
      schedule(resource, AFTER_REFUSAL);
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("RequeueTimer.scheduled", scheduled.size());
    sizes.add("RequeueTimer.executor", executor.getQueue().size());
  }

  @Override
  public void stop() {
    executor.shutdownNow();
    super.stop();
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
