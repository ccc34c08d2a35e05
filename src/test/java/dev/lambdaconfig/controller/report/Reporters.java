package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.status.StatusStore;

/** Reporters for tests of what they are called by. */
public final class Reporters {

  private Reporters() {}

  /** A reporter that writes into these statuses, and on a clock that stands still. */
  public static StatusReporter of(StatusStore statuses) {
    return of(statuses, ReconcileListener.NOBODY);
  }

  /** A reporter that writes into these statuses and notifies a listener. */
  public static StatusReporter of(StatusStore statuses, ReconcileListener listener) {
    return new StatusReporter(
        statuses,
        new ChangeReporter(new NoEvents()),
        new DriftTimer(listener, () -> 0),
        new ConflictBackoff(() -> 1),
        (reconciliation, step) -> {});
  }
}
