package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.DelayingQueue;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Set;
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

  /** The purpose of a scheduled reconcile. */
  private enum Wakeup {
    /** The follow-up that the last reconcile asked for: one that runs by then asks anew. */
    FOLLOW_UP,
    /** Something that a reconcile which runs by then may not know. */
    NEWS
  }

  private final WorkQueueAge queueAge;
  private final LongSupplier nanos;
  private final DelayingQueue<ResourceID, Wakeup> scheduled;

  private @Nullable Thread thread;

  /**
   * Creates a timer without scheduled reconciles.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public RequeueTimer(WorkQueueAge queueAge, LongSupplier nanos) {
    super(Void.class, "requeue-timer");
    this.queueAge = queueAge;
    this.nanos = nanos;
    this.scheduled = new DelayingQueue<>(nanos);
  }

  /**
   * Schedules the next reconcile at the end of one, in place of one that was scheduled before. If
   * another one runs by then, that one schedules the next.
   */
  void schedule(ResourceID resource, Duration delay) {
    scheduled.put(resource, Wakeup.FOLLOW_UP, after(delay));
  }

  /** Schedules a reconcile, unless an earlier one is scheduled. */
  public void scheduleAtTheLatest(ResourceID resource, Duration delay) {
    scheduled.putAtTheLatest(resource, Wakeup.NEWS, after(delay));
  }

  private long after(Duration delay) {
    return nanos.getAsLong() + delay.toNanos();
  }

  /** Triggers a reconcile now, unless one waits to begin. What is scheduled stays so. */
  public void trigger(ResourceID resource) {
    if (triggered(resource)) {
      handOver(resource);
    }
  }

  /** Records a trigger, and returns whether it is to be handed over: not if a reconcile waits. */
  boolean triggered(ResourceID resource) {
    return getEventHandler() != null && queueAge.triggered(resource);
  }

  /**
   * Triggers a reconcile because the limiter would grant its call now, unless one waits to begin;
   * if one runs, at its end, and only if it still waits for the grant.
   */
  void granted(ResourceID resource) {
    if (due(resource)) {
      handOver(resource);
    }
  }

  /** Records a grant, and returns whether it is to be handed over: not while a reconcile runs. */
  boolean due(ResourceID resource) {
    return getEventHandler() != null && queueAge.due(resource);
  }

  /** Hands a recorded trigger over to the framework. No caller may hold a lock. */
  void handOver(ResourceID resource) {
    EventHandler handler = getEventHandler();
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
    scheduled.remove(resource);
  }

  /** Forgets a name that no resource has any more. */
  public void forget(ResourceID resource) {
    cancel(resource);
    queueAge.forget(resource);
  }

  @Override
  public synchronized void start() {
    super.start();
    thread = Thread.ofPlatform().name("requeue-timer").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        due(scheduled.take());
      }
    } catch (InterruptedException e) {
      // The operator stops: the next process reconciles every resource anew.
    }
  }

  private void due(DelayingQueue.Entry<ResourceID, Wakeup> reconcile) {
    ResourceID resource = reconcile.key();
    try {
      switch (reconcile.purpose()) {
        case FOLLOW_UP -> granted(resource);
        case NEWS -> trigger(resource);
      }
    } catch (RuntimeException | Error e) {
      // The thread is that of all resources.
      LOG.atError().addKeyValue("resource", resource).log("a reconcile could not be triggered", e);
      scheduled.putAtTheLatest(resource, reconcile.purpose(), after(AFTER_REFUSAL));
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("RequeueTimer.scheduled", scheduled.size());
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
    super.stop();
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
