package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.kube.ReconcileRequest;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Notices that a resource is gone, and triggers those that waited for it: the reconcile for a
 * deletion comes after whatever runs, and knows nothing of others.
 */
public final class PeerEventSource extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements ResourceEventAware<LambdaFunctionConfig> {

  /** The reconcile for a deletion has ended by then, which takes moments. */
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final Claims claims;
  private final ResourceCache cache;
  private final ResourceStates states;
  private final BooleanSupplier leads;
  private final Reactions reactions;

  /**
   * The reactions of others to events of this source.
   *
   * @param started runs when the events begin
   * @param deleted called with each resource that is gone
   */
  public record Reactions(Runnable started, Consumer<LambdaFunctionConfig> deleted) {}

  /**
   * Creates an event source.
   *
   * @param leads whether this operator works; one that stands by pauses nothing to be resumed
   */
  public PeerEventSource(
      Claims claims,
      ResourceCache cache,
      ResourceStates states,
      BooleanSupplier leads,
      Reactions reactions) {
    super(Void.class, "peers");
    this.claims = claims;
    this.cache = cache;
    this.states = states;
    this.leads = leads;
    this.reactions = reactions;
  }

  @Override
  public void start() {
    super.start();
    reactions.started().run();
  }

  /**
   * Sees to it that a resource of the same name that was made meanwhile is reconciled: with the
   * reconcile for a deletion the framework (5.2.3) forgets all events of that name.
   */
  public void lookForSuccessor(LambdaFunctionConfig deleted) {
    ResourceID id = ResourceID.fromResource(deleted);
    LATER.execute(() -> triggerSuccessor(id));
  }

  private void triggerSuccessor(ResourceID id) {
    cache
        .get(id)
        .ifPresent(
            successor ->
                getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, id, successor)));
  }

  @Override
  public void onResourceCreated(LambdaFunctionConfig resource) {
    claims.created(resource);
  }

  @Override
  public void onResourceUpdated(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    if (!now.getMetadata().getUid().equals(before.getMetadata().getUid())) {
      // Where a watch was interrupted, a deletion and what was made after it are seen as one.
      claims.created(now);
      onResourceDeleted(before);
      return;
    }
    if (claims.changed(now, before)) {
      claims.announce(now);
    }
    String release = ReconcileRequest.release(now);
    if (release != null
        && !release.equals(ReconcileRequest.release(before))
        && leads.getAsBoolean()) {
      // Only such a change counts: an annotation that was there before is no news after a restart.
      states.of(now).requestRelease();
    }
  }

  @Override
  public void onResourceDeleted(LambdaFunctionConfig resource) {
    reactions.deleted().accept(resource);
    claims.announce(resource);
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
