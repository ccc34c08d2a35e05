package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.trigger.ReconcileFailures;
import dev.lambdaconfig.controller.trigger.Triggers;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.schema.SpecHiddenException;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The framework's face of the controller: whatever happens to a resource or its function brings a
 * reconcile, and each reconcile says when the next one is due.
 *
 * <p>A reconcile makes at most a few calls and waits for none but these; whatever takes time is
 * waited for by being requeued. What fails as expected is a decision, never an exception.
 */
public final class LambdaFunctionConfigReconciler implements Reconciler<LambdaFunctionConfig> {

  /** Time until the next look at a resource whose namespace is still being listed. */
  private static final Requeue AFTER_ARRIVAL = new Requeue.After(Duration.ofSeconds(1));

  private final ReconcileDispatcher dispatcher;
  private final ReconcileFailures failures;
  private final ResourceLifetimes lifetimes;
  private final Triggers triggers;
  private final BooleanSupplier leads;

  /**
   * Creates the face of a controller.
   *
   * @param leads whether this operator works; one that stands by keeps its cache and does nothing
   */
  LambdaFunctionConfigReconciler(
      ReconcileDispatcher dispatcher,
      ReconcileFailures failures,
      ResourceLifetimes lifetimes,
      Triggers triggers,
      BooleanSupplier leads) {
    this.dispatcher = dispatcher;
    this.failures = failures;
    this.lifetimes = lifetimes;
    this.triggers = triggers;
    this.leads = leads;
  }

  @Override
  public List<EventSource<?, LambdaFunctionConfig>> prepareEventSources(
      EventSourceContext<LambdaFunctionConfig> context) {
    lifetimes.connect(context.getPrimaryCache());
    return triggers.eventSources();
  }

  @Override
  public UpdateControl<LambdaFunctionConfig> reconcile(
      LambdaFunctionConfig resource, Context<LambdaFunctionConfig> context) {
    ResourceID id = ResourceID.fromResource(resource);
    // First of all: a win of the election after this triggers the resource anew.
    long began = triggers.begun(id);
    boolean deleted = context.isPrimaryResourceDeleted();
    if (!leads.getAsBoolean()) {
      if (deleted) {
        triggers.peers().lookForSuccessor(resource);
      }
      triggers.passedOver(id);
    } else if (deleted || lifetimes.areAllKnown(resource.getMetadata().getNamespace())) {
      work(resource, began, deleted);
    } else {
      // Nothing is kept of it: where the list fails, no event says that it is out again.
      triggers.requeue(id, AFTER_ARRIVAL);
      triggers.passedOver(id);
    }
    return UpdateControl.noUpdate();
  }

  private void work(LambdaFunctionConfig resource, long began, boolean deleted) {
    ResourceState state = lifetimes.state(resource);
    boolean failed = true;
    try {
      failed = !reconcile(resource, state, deleted);
    } catch (Error e) {
      // The framework (5.2.3) goes on after an exception only: with an error the resource would
      // stay marked as being worked on, for ever. Without memory the JVM has ended by itself.
      throw new IllegalStateException("a reconcile ended in an error", e);
    } finally {
      triggers.ended(state.id(), began, failed);
      lifetimes.forgetIfGone(resource, state);
    }
  }

  /** Returns whether the reconcile got to its end. */
  private boolean reconcile(LambdaFunctionConfig resource, ResourceState state, boolean deleted) {
    if (deleted) {
      lifetimes.deleted(resource);
      triggers.peers().lookForSuccessor(resource);
      return true;
    }
    Duration delay;
    try {
      Requeue requeue = dispatcher.reconcile(resource, state);
      failures.succeeded(state);
      triggers.requeue(state.id(), requeue);
      return true;
    } catch (ApiServerBusyException e) {
      delay = failures.after(state, e);
    } catch (KubernetesClientException e) {
      delay = failures.after(state, e);
    } catch (StatusRefusedException e) {
      delay = failures.after(state, e);
    } catch (SpecHiddenException e) {
      delay = failures.after(state, resource, e);
    }
    triggers.requeue(state.id(), new Requeue.After(delay));
    return false;
  }
}
