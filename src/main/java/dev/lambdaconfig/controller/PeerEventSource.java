package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.ReconcileRequest;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells when a resource is gone, and wakes those that waited for it: the pass for a deletion comes
 * after whatever runs, and knows nothing of others.
 */
final class PeerEventSource extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements ResourceEventAware<LambdaFunctionConfig> {

  /** The pass for a deletion has ended by then, which takes moments. */
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final Predicate<LambdaFunctionConfig> claims;
  private final Function<LambdaFunctionConfig, List<LambdaFunctionConfig>> sharing;
  private final Runnable onStarted;
  private final Consumer<LambdaFunctionConfig> onDeleted;
  private final Consumer<LambdaFunctionConfig> onReleaseWished;
  private final Cache<LambdaFunctionConfig> cache;

  /**
   * @param claims whether a resource claims its function
   * @param sharing the other resources of its function
   * @param onDeleted called with each resource that is gone
   * @param onReleaseWished called with each resource at which a person asks that updates go on
   */
  PeerEventSource(
      Predicate<LambdaFunctionConfig> claims,
      Function<LambdaFunctionConfig, List<LambdaFunctionConfig>> sharing,
      Cache<LambdaFunctionConfig> cache,
      Runnable onStarted,
      Consumer<LambdaFunctionConfig> onDeleted,
      Consumer<LambdaFunctionConfig> onReleaseWished) {
    super(Void.class, "resource-watch");
    this.claims = claims;
    this.sharing = sharing;
    this.cache = cache;
    this.onStarted = onStarted;
    this.onDeleted = onDeleted;
    this.onReleaseWished = onReleaseWished;
  }

  @Override
  public void start() {
    super.start();
    onStarted.run();
  }

  /**
   * Sees to it that a resource of the same name that was made meanwhile gets a pass: with the pass
   * for a deletion the framework (5.2.3) forgets all events of that name.
   */
  void lookForSuccessor(LambdaFunctionConfig deleted) {
    ResourceID id = ResourceID.fromResource(deleted);
    LATER.execute(() -> wakeSuccessor(id));
  }

  private void wakeSuccessor(ResourceID id) {
    cache
        .get(id)
        .ifPresent(
            successor ->
                getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, id, successor)));
  }

  @Override
  public void onResourceUpdated(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    if (!now.getMetadata().getUid().equals(before.getMetadata().getUid())) {
      // Where a watch was interrupted, a deletion and what was made after it are seen as one.
      onResourceDeleted(before);
      return;
    }
    if (claims.test(now) != claims.test(before)) {
      wakeOthers(now);
    }
    String wish = ReconcileRequest.release(now);
    if (wish != null && !wish.equals(ReconcileRequest.release(before))) {
      onReleaseWished.accept(now);
    }
  }

  @Override
  public void onResourceDeleted(LambdaFunctionConfig resource) {
    onDeleted.accept(resource);
    wakeOthers(resource);
  }

  /** Who may write to the function may have changed. */
  private void wakeOthers(LambdaFunctionConfig resource) {
    sharing
        .apply(resource)
        .forEach(other -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(other))));
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
