package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.restore.RestoreWorkflow;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Unreported;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.RestoreFinalizer;
import org.jspecify.annotations.Nullable;

/** Takes each resource to the workflow that it needs. */
final class ReconcileDispatcher {

  private final ReconciliationFactory reconciliations;
  private final CircuitBreakers breakers;
  private final ReconcileWorkflow workflow;
  private final RestoreWorkflow restores;
  private final StatusReporter reporter;

  ReconcileDispatcher(
      ReconciliationFactory reconciliations,
      CircuitBreakers breakers,
      ReconcileWorkflow workflow,
      RestoreWorkflow restores,
      StatusReporter reporter) {
    this.reconciliations = reconciliations;
    this.breakers = breakers;
    this.workflow = workflow;
    this.restores = restores;
    this.reporter = reporter;
  }

  /** Reconciles a resource once, and returns when the next time is due. */
  Requeue reconcile(LambdaFunctionConfig resource, ResourceState state) {
    if (resource.isMarkedForDeletion() && !RestoreFinalizer.isOn(resource)) {
      return new Requeue.OnEvent();
    }
    reporter.correct(resource);
    breakers.releaseIfRequested(resource, state);
    Reconciliation reconciliation = reconciliations.gather(resource, state);
    Unreported unreported = unreported(reconciliation);
    if (unreported != null) {
      return workflow.resume(unreported, reconciliation).requeue();
    }
    if (!resource.isMarkedForDeletion()) {
      return workflow.reconcile(reconciliation, reconciliations::resolved).requeue();
    }
    RestoreWorkflow.Ended ended = restores.run(reconciliation, Step.start(reconciliation));
    return reporter.report(ended.reconciliation(), ended.verdict()).requeue();
  }

  /** The verdict of the last reconcile, if it was not reported and holds still; else null. */
  private @Nullable Unreported unreported(Reconciliation now) {
    Unreported kept = now.state().takeUnreported();
    return kept != null
            && reporter.stillHolds(kept, now)
            && reconciliations.isOfValuesOfNow(kept.reconciliation())
        ? kept
        : null;
  }
}
