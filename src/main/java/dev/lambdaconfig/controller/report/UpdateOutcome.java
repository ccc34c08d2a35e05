package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.history.UpdateHistory;
import org.jspecify.annotations.Nullable;

/** How an update ended; the names are what metrics say. */
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
   * Of what a history says.
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
