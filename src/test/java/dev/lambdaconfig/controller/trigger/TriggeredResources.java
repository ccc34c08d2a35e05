package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceStates;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The reconciles that are triggered, by the name of their resource. */
final class TriggeredResources implements AutoCloseable {

  final ManagedResource resource = new ManagedResource("{timeout: 9}");
  final ResourceStates states = new ResourceStates();
  final BlockingQueue<ResourceID> triggered = new LinkedBlockingQueue<>();
  final RequeueTimer timer = new RequeueTimer(new WorkQueueAge(() -> 0), System::nanoTime);
  final ResourceTrigger trigger = new ResourceTrigger(states, timer);

  TriggeredResources() {
    timer.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    timer.start();
  }

  @Override
  public void close() {
    timer.stop();
  }
}
