package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.status.NextStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;

/**
 * Resources with a finalizer for which nothing is to be restored any more: it is taken off, and the
 * watch shows when that is so.
 *
 * <p>The spec alone counts: the operator's mode is an emergency stop, and what held a deletion up
 * has to hold it again when that is off.
 */
public final class FinalizerRelease implements Gate {

  private static final Duration AFTER_CHANGE = Duration.ofMillis(500);

  private final RestoreFinalizer finalizer;
  private final ChangeReporter changes;

  /** Creates the gate. */
  public FinalizerRelease(RestoreFinalizer finalizer, ChangeReporter changes) {
    this.finalizer = finalizer;
    this.changes = changes;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return RestoreFinalizer.isOn(reconciliation.resource()) && !reconciliation.spec().restores()
        ? release(reconciliation, step)
        : Verdict.pass(step);
  }

  /** Reports what was restored, if anything was, and takes the finalizer off. */
  Verdict complete(Reconciliation reconciliation, Step step, List<String> fields) {
    if (!fields.isEmpty()) {
      changes.restored(reconciliation.resource(), fields);
    }
    return release(reconciliation, step);
  }

  /** Reports what could not be restored, and takes the finalizer off. */
  Verdict abandon(Reconciliation reconciliation, Step step, List<String> fields, String why) {
    changes.abandoned(reconciliation.resource(), fields, why);
    return release(reconciliation, step);
  }

  /** Takes the finalizer off, or decides what hinders it. */
  Verdict release(Reconciliation reconciliation, Step step) {
    try {
      if (!finalizer.remove(reconciliation.resource())) {
        return Verdict.decide(
            step,
            new Decision.InProgress(
                NextStatus.RESTORING, "the finalizers changed meanwhile; retrying", AFTER_CHANGE));
      }
    } catch (KubernetesClientException e) {
      return MissingRight.verdict(step, e, MissingRight.FINALIZERS, reconciliation.namespace());
    }
    return Verdict.lookAgain(
        step,
        reconciliation.resource().isMarkedForDeletion()
            ? new Requeue.OnEvent()
            : new Requeue.After(AFTER_CHANGE));
  }
}
