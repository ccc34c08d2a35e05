package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.timing.LongRuns;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;

/** The triggers of reconciles, and the meters of how long these wait and take. */
public record Triggers(
    PeerEventSource peers,
    RequeueTimer timer,
    WorkQueueAge queueAge,
    LongRuns<ResourceID> longReconciles,
    DriftTimer drifts) {

  /** The event sources that JOSDK has to register. */
  public List<EventSource<?, LambdaFunctionConfig>> eventSources() {
    return List.of(peers, timer);
  }

  /** A reconcile begins; returns when, by the steady clock. */
  public long begun(ResourceID id) {
    long began = timer.begun(id);
    longReconciles.begun(id, began);
    return began;
  }

  /** A reconcile ended. */
  public void ended(ResourceID id, long began, boolean failed) {
    passedOver(id);
    drifts.ended(began, failed);
  }

  /** A reconcile ended that did nothing: the operator stands by. It has served its trigger. */
  public void passedOver(ResourceID id) {
    longReconciles.ended(id);
    if (queueAge.ended(id)) {
      timer.trigger(id);
    }
  }

  /** Schedules the next reconcile. */
  public void requeue(ResourceID id, Requeue requeue) {
    switch (requeue) {
      case Requeue.After(Duration delay) -> {
        queueAge.scheduled(id);
        timer.schedule(id, delay);
      }
      case Requeue.WhenGranted(Duration atTheLatest) -> timer.schedule(id, atTheLatest);
      case Requeue.OnEvent onEvent -> {
        queueAge.scheduled(id);
        timer.cancel(id);
      }
    }
  }
}
