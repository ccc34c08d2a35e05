package dev.lambdaconfig.decision.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * AWS's work on the function: an update that runs, or its preparation.
 *
 * @param polls the reads that found AWS at work, since the function last was in order
 * @param busy the work that the last read found, or null
 * @param accepted AWS's answer to the running update, where that is ours, or null
 */
record Activity(int polls, @Nullable Busy busy, RetryState.@Nullable Accepted accepted) {

  static final Activity NONE = new Activity(0, null, null);

  /**
   * Work in a row of reads.
   *
   * @param since since when each read has found AWS at work
   * @param running what tells the running update from others, or null
   * @param runningSince since when this very update has been running
   */
  record Busy(Instant since, @Nullable String running, Instant runningSince) {

    private static Busy begun(@Nullable String running, Instant now) {
      return new Busy(now, running, now);
    }

    private Busy seen(@Nullable String nowRunning, Instant now) {
      boolean isSame = running == null || nowRunning == null || running.equals(nowRunning);
      return new Busy(
          since, nowRunning == null ? running : nowRunning, isSame ? runningSince : now);
    }

    private Busy by(Instant now) {
      return new Busy(Elapsed.notAfter(since, now), running, Elapsed.notAfter(runningSince, now));
    }
  }

  /** The activity after a read that found AWS at work. */
  Activity seen(@Nullable String running, Instant now) {
    return new Activity(
        polls + 1, busy == null ? Busy.begun(running, now) : busy.seen(running, now), accepted);
  }

  /** The activity after AWS refused an update because it is at work. */
  Activity polled() {
    return new Activity(polls + 1, busy, accepted);
  }

  /** The activity that an accepted update begins. */
  static Activity of(RetryState.Accepted accepted) {
    return new Activity(1, Busy.begun(accepted.lastModified(), accepted.when()), accepted);
  }

  /**
   * The activity after the work has ended. Polls count on, for another update can run by the next
   * read: only a function in order ends their row.
   */
  Activity ended() {
    return new Activity(polls, null, null);
  }

  /** The same with the row of polls ended. */
  Activity withoutPolls() {
    return new Activity(0, busy, accepted);
  }

  /** The same by a clock that may have been set back: nothing began after now. */
  Activity by(Instant now) {
    return new Activity(polls, busy == null ? null : busy.by(now), accepted);
  }
}
