package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.status.StatusStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;

/** Changes of statuses by other writers, which a reconcile corrects now or later. */
public final class StatusCorrections {

  private final StatusStore statuses;
  private final RequeueTimer timer;

  /** Creates the corrections of a store's statuses. */
  public StatusCorrections(StatusStore statuses, RequeueTimer timer) {
    this.statuses = statuses;
    this.timer = timer;
  }

  /**
   * Notes a change of a resource.
   *
   * @return whether another writer changed its status, so that a reconcile is to restore it now;
   *     where it has to wait, one is scheduled
   */
  public boolean isDueAfter(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    Duration wait = statuses.changedByOthers(now, before);
    if (wait == null) {
      return false;
    }
    if (wait.isPositive()) {
      timer.scheduleNotBefore(ResourceID.fromResource(now), wait);
      return false;
    }
    return true;
  }
}
