package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An update that was recorded and has not ended, judged by a function at rest.
 *
 * @param history the history that has it as its newest
 * @param accepted AWS's answer that accepted the update, or null. An accepted update never counts
 *     as unsent, or an endpoint whose RevisionId does not move would be updated without end
 */
record OpenUpdate(
    UpdateHistory history, UpdateRecord record, RetryState.@Nullable Accepted accepted) {

  /** The history with the update ended, or without it where AWS cannot have taken it. */
  UpdateHistory settled(ObservedFunction function, Plan plan, DesiredVersion version) {
    String revision = function.revisionId();
    if (accepted == null && isPlannedFrom(revision)) {
      return history.withoutNewest();
    }
    if (accepted == null && isAppliedAlready()) {
      return history.withoutUnproven();
    }
    boolean comparable = version.isOf(record) && !isChangedSince(function);
    boolean shows = isShownBy(function, plan);
    if (accepted == null && comparable && !shows) {
      // Nothing proves that AWS accepted it, or that it was sent at all: a failed update may be
      // another writer's. Nor that it was not, for one can have changed the function after it.
      return history.withoutUnproven();
    }
    Lifecycle lifecycle = function.lifecycle();
    if (lifecycle.lastUpdateFailed() && !isUpdatedSince(function)) {
      return history.endedWith(
          Objects.requireNonNullElse(lifecycle.lastUpdateStatusReasonCode(), "Failed"), revision);
    }
    return history.endedWith(
        shows || !comparable ? UpdateHistory.SUCCEEDED : UpdateHistory.NOT_APPLIED, revision);
  }

  /** Whether the RevisionId has not moved: nothing was applied since the plan was made. */
  private boolean isPlannedFrom(@Nullable String revision) {
    return revision != null && revision.equals(record.plannedRevision());
  }

  /**
   * Whether an earlier update from the same revision took effect: AWS cannot have accepted this one
   * too, which another operator recorded at the same time.
   */
  private boolean isAppliedAlready() {
    return record.plannedRevision() != null
        && history.withoutNewest().records().stream()
            .anyMatch(
                earlier ->
                    UpdateHistory.hasTakenEffect(earlier)
                        && record.plannedRevision().equals(earlier.plannedRevision()));
  }

  private boolean isShownBy(ObservedFunction function, Plan plan) {
    List<String> sent = UpdateHistory.fields(record);
    return plan.fields().stream()
        .noneMatch(field -> sent.contains(field) && !Diff.isKeyNotKept(field, function));
  }

  /**
   * Whether another writer changed the function after AWS accepted the update: the difference is
   * theirs (docs/aws.md#last-modified).
   */
  private boolean isChangedSince(ObservedFunction function) {
    return lastModifiedSince(function) != 0;
  }

  /**
   * Whether another writer's update followed: the failure is theirs. A function that AWS puts back
   * after a failed update may have an earlier time (docs/aws.md#failed-update).
   */
  private boolean isUpdatedSince(ObservedFunction function) {
    return lastModifiedSince(function) > 0;
  }

  private int lastModifiedSince(ObservedFunction function) {
    return accepted == null ? 0 : function.modifiedAfter(accepted.lastModified());
  }
}
