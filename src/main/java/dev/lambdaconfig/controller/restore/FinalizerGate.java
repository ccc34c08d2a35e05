package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Resources whose deletion is to restore their fields, and that have no finalizer: it is added
 * before their first update, and again wherever it was taken off since. The watch shows when that
 * is so.
 */
public final class FinalizerGate implements Gate {

  private final RestoreFinalizer finalizer;
  private final OperatorMode mode;
  private final ConflictBackoff conflicts;

  /** Creates the gate. */
  public FinalizerGate(RestoreFinalizer finalizer, OperatorMode mode, ConflictBackoff conflicts) {
    this.finalizer = finalizer;
    this.mode = mode;
    this.conflicts = conflicts;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    return step.isUpdate() ? required(reconciliation, step) : Verdict.pass(step);
  }

  /**
   * The same for resources that were updated before, whatever else is wrong with them: the
   * finalizer is taken off while they observe or are retained, and a replacement of the whole
   * object by another writer drops it. The function may be in sync by then, so that no update
   * follows.
   */
  public Gate afterUpdates() {
    return (reconciliation, step) ->
        step.baseline().fields() != null && reconciliation.previous().isUpdated()
            ? required(reconciliation, step)
            : Verdict.pass(step);
  }

  private Verdict required(Reconciliation reconciliation, Step step) {
    if (reconciliation.isRestoring()
        || !mode.restores(reconciliation.spec())
        || RestoreFinalizer.isOn(reconciliation.resource())) {
      return Verdict.pass(step);
    }
    try {
      finalizer.add(reconciliation.resource());
      return Verdict.lookAgain(step, conflicts.next(reconciliation));
    } catch (KubernetesClientException e) {
      return MissingRight.verdict(step, e, MissingRight.FINALIZERS, reconciliation.namespace());
    }
  }
}
