package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * AWS's work on the function: an update that runs, or its preparation.
 *
 * @param polls the number of reads that found AWS at work, since the function was last in sync
 * @param busy the work that the last read found, or null
 * @param accepted AWS's answer to the running update, if it is the operator's, or null
 */
record Activity(int polls, @Nullable Busy busy, RetryState.@Nullable Accepted accepted) {

  static final Activity NONE = new Activity(0, null, null);

  /**
   * The time for which reads may be older than an accepted update: those of a replica that lags.
   */
  private static final Duration LAG = Duration.ofMinutes(3);

  /**
   * A row of reads that all found AWS at work.
   *
   * @param since the start of the row
   * @param running the identity of the running update, or null
   * @param runningSince the time since when this update has been running
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
   * The activity after the work has ended. The row of polls continues, because another update can
   * run by the next read: only a function in sync ends it.
   */
  Activity ended() {
    return new Activity(polls, null, null);
  }

  /** The same activity with the row of polls ended. */
  Activity withoutPolls() {
    return new Activity(0, busy, accepted);
  }

  /**
   * Whether a read shows the function as it was before the accepted update. A function that AWS
   * puts back after a failed update may have an earlier time, too (docs/aws.md#failed-update).
   */
  boolean isAheadOf(ObservedFunction function, Instant now) {
    return accepted != null
        && function.modifiedAfter(accepted.lastModified()) < 0
        && !function.lifecycle().lastUpdateFailed()
        && !accepted.when().isAfter(now)
        && Elapsed.between(accepted.when(), now).compareTo(LAG) < 0;
  }

  /** The same activity for a clock that may have been set back: nothing began after now. */
  Activity by(Instant now) {
    return new Activity(polls, busy == null ? null : busy.by(now), accepted);
  }
}
