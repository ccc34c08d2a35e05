package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import java.util.List;
import java.util.Objects;

/** The updates of a function at two times. */
public record HistoryChange(UpdateHistory before, UpdateHistory after) {

  /** The fields of the update with whose values the function has settled in between. */
  public List<String> settledFields() {
    UpdateRecord ended = after.endedSince(before);
    return ended != null && UpdateHistory.SUCCEEDED.equals(ended.outcome())
        ? UpdateHistory.fields(ended)
        : List.of();
  }

  /**
   * Whether the update that was open before has ended with a failure at the revision that it was
   * planned from. So does one that AWS refused, but where a RevisionId does not move also one that
   * AWS accepted: this tells only of an update that AWS has just refused.
   */
  public boolean isRefused() {
    UpdateRecord ended = after.endedSince(before);
    return ended != null
        && !UpdateHistory.hasTakenEffect(ended)
        && Objects.equals(ended.plannedRevision(), ended.settledRevision());
  }

  /** Whether AWS accepted the update that was open before, or may have, unless it refused it. */
  public boolean mayBeApplied() {
    return after.endedSince(before) != null || isUnproven();
  }

  private boolean isUnproven() {
    UpdateRecord open = before.open();
    return open != null && open.equals(after.unproven());
  }

  /**
   * The end of the update that was open before.
   *
   * @param refused whether AWS has just refused it for good
   */
  public Announcement announcement(boolean refused) {
    UpdateRecord open = after.open();
    // Not always the newest of before: another operator can have recorded the same update again.
    if (open != null && before.records().contains(open)) {
      return Announcement.OPEN;
    }
    if (refused) {
      return Announcement.NONE;
    }
    if (after.endedSince(before) != null) {
      return Announcement.ACCEPTED;
    }
    return isUnproven() ? Announcement.UNPROVEN : Announcement.NONE;
  }
}
