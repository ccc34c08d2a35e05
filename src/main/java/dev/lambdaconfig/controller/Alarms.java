package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
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
 * When each resource gets its next pass: one alarm a resource, by a steady clock. The framework's
 * own timer goes by the time of day, so that a corrected clock could put a pass off by hours.
 */
final class Alarms extends AbstractEventSource<Void, LambdaFunctionConfig> {

  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private record Alarm(Future<?> timer, long due) {}

  private final Backlog backlog;
  private final LongSupplier nanos;
  private final Map<ResourceID, Alarm> alarms = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("alarms").daemon().factory());

  Alarms(Backlog backlog, LongSupplier nanos) {
    super(Void.class, "alarms");
    this.backlog = backlog;
    this.nanos = nanos;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Sets the alarm, in place of one that was set before. */
  void set(ResourceID resource, Duration delay) {
    alarms.compute(
        resource,
        (id, before) -> {
          cancel(before);
          return alarm(id, delay);
        });
  }

  /** Sets the alarm, unless it rings before that. */
  void setAtTheLatest(ResourceID resource, Duration delay) {
    long due = nanos.getAsLong() + delay.toNanos();
    alarms.compute(
        resource,
        (id, before) -> {
          if (before != null && before.due() - due <= 0) {
            return before;
          }
          cancel(before);
          return alarm(id, delay);
        });
  }

  /** Asks for a pass now. */
  void ring(ResourceID resource) {
    EventHandler handler = getEventHandler();
    if (handler != null) {
      backlog.asked(resource);
      handler.handleEvent(new Event(resource));
    }
  }

  void cancel(ResourceID resource) {
    cancel(alarms.remove(resource));
  }

  private static void cancel(@Nullable Alarm alarm) {
    if (alarm != null) {
      alarm.timer().cancel(false);
    }
  }

  private @Nullable Alarm alarm(ResourceID resource, Duration delay) {
    try {
      return new Alarm(
          timer.schedule(() -> rung(resource), delay.toNanos(), TimeUnit.NANOSECONDS),
          nanos.getAsLong() + delay.toNanos());
    } catch (RejectedExecutionException e) {
      // The operator stops: who comes after it looks at everything anew.
      return null;
    }
  }

  private void rung(ResourceID resource) {
    try {
      alarms.remove(resource);
      ring(resource);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("resource", resource).log("a pass could not be asked for", e);
      set(resource, Duration.ofSeconds(30));
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    super.stop();
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
