package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of functions that AWS has shown: kept for the next plan, and compared with by
 * the sweeps.
 */
public final class Sightings {

  private final FleetSweeper sweeper;
  private final ValueFingerprint fingerprint = new ValueFingerprint();

  /** Notifies the sweeps. */
  public Sightings(FleetSweeper sweeper) {
    this.sweeper = sweeper;
  }

  /** Records what AWS answered to a read or an update. */
  void answered(Reconciliation reconciliation, Answer answer) {
    reconciliation.state().observe(seen -> seen.answered(answer, fingerprint));
    sweeper.seen(reconciliation.uid(), answer);
  }

  /** Records that an update is being sent, or that it came to nothing. */
  void updating(Reconciliation reconciliation, boolean underWay) {
    sweeper.updating(reconciliation.uid(), underWay);
  }

  /** The function to plan from without a read, or null where one is needed. */
  @Nullable ObservedFunction plannable(Reconciliation reconciliation) {
    return reconciliation
        .state()
        .observation()
        .plannable(reconciliation.version(), reconciliation.managed(), fingerprint);
  }
}
