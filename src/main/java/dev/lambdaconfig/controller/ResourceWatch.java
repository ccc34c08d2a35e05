package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells when a resource is gone. The framework calls no reconciler for a deletion that no finalizer
 * holds up, and a finalizer would make every deletion wait for this operator.
 */
final class ResourceWatch extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements ResourceEventAware<LambdaFunctionConfig> {

  private final Consumer<LambdaFunctionConfig> onDeleted;

  ResourceWatch(Consumer<LambdaFunctionConfig> onDeleted) {
    super(Void.class, "resource-watch");
    this.onDeleted = onDeleted;
  }

  @Override
  public void onResourceDeleted(LambdaFunctionConfig resource) {
    onDeleted.accept(resource);
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
