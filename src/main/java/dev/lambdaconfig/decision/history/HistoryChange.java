package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import java.util.List;

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
   * The end of the update that was open before.
   *
   * @param refused whether AWS has just refused it
   */
  public Announcement announcement(boolean refused) {
    UpdateRecord open = before.open();
    if (open != null && open.equals(after.open())) {
      return Announcement.OPEN;
    }
    return !refused && after.endedSince(before) != null ? Announcement.ACCEPTED : Announcement.NONE;
  }
}
