package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.history.UpdateHistory;
import org.jspecify.annotations.Nullable;

/** The end of an update; metrics have the names as label values. */
public enum UpdateOutcome {
  /** The function settled with what it asked for. */
  Succeeded,
  /** The function settled without what it asked for. */
  NotApplied,
  /** AWS took it, and could not carry it out. */
  Failed,
  /** AWS did not take it. */
  Refused;

  /**
   * The outcome for an entry of the history.
   *
   * @param recorded the outcome in the history
   * @param refused whether it is AWS's answer to the update itself
   */
  static UpdateOutcome of(@Nullable String recorded, boolean refused) {
    if (UpdateHistory.SUCCEEDED.equals(recorded)) {
      return Succeeded;
    }
    if (UpdateHistory.NOT_APPLIED.equals(recorded)) {
      return NotApplied;
    }
    return refused ? Refused : Failed;
  }
}
