package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.plan.Desired;
import java.util.function.Predicate;

/**
 * A deletion that no finalizer held up, so that nothing was restored: another writer had removed
 * it, and the deletion came before the operator had added it again.
 */
public final class UnheldDeletion {

  private static final String WHY =
      "another writer removed its finalizer, and the deletion came before the operator had added it"
          + " again";

  private final OperatorMode mode;
  private final Predicate<LambdaFunctionConfig> isGone;
  private final ChangeReporter changes;

  /**
   * Creates a reporter of such deletions.
   *
   * @param isGone whether the API server has no such resource: the watch also loses one that leaves
   *     the operator's selector
   */
  public UnheldDeletion(
      OperatorMode mode, Predicate<LambdaFunctionConfig> isGone, ChangeReporter changes) {
    this.mode = mode;
    this.isGone = isGone;
    this.changes = changes;
  }

  /** Reports that the fields are not restored, if this resource was to restore them. */
  public void deleted(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    // A deletion that any finalizer held up was marked first, and reconciled as such.
    if (spec != null
        && spec.unreadable() == null
        && mode.restores(spec)
        && !spec.suspends()
        && !resource.isMarkedForDeletion()
        && !RestoreFinalizer.isOn(resource)
        && hasSomethingToRestore(resource)
        && isGone.test(resource)) {
      changes.abandoned(resource, Desired.of(spec).managedPaths(), WHY);
    }
  }

  private static boolean hasSomethingToRestore(LambdaFunctionConfig resource) {
    PreviousStatus status = PreviousStatus.by(resource.getStatus());
    return status.baseline().fields() != null && status.isUpdated();
  }
}
