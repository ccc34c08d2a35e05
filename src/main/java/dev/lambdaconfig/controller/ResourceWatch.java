package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells when a resource is gone, and wakes those that waited for it. The framework calls no
 * reconciler for a deletion that no finalizer holds up, and a finalizer would make every deletion
 * wait for this operator.
 */
final class ResourceWatch extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements ResourceEventAware<LambdaFunctionConfig> {

  private final Claims claims;
  private final Consumer<LambdaFunctionConfig> onDeleted;

  ResourceWatch(Claims claims, Consumer<LambdaFunctionConfig> onDeleted) {
    super(Void.class, "resource-watch");
    this.claims = claims;
    this.onDeleted = onDeleted;
  }

  @Override
  public void onResourceUpdated(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    if (observes(now) != observes(before)) {
      wakeOthers(now);
    }
  }

  @Override
  public void onResourceDeleted(LambdaFunctionConfig resource) {
    onDeleted.accept(resource);
    wakeOthers(resource);
  }

  /** Who may write to the function may have changed. */
  private void wakeOthers(LambdaFunctionConfig resource) {
    claims
        .sharing(resource)
        .forEach(other -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(other))));
  }

  private static boolean observes(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec != null && spec.observes();
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
