package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resource between two reconciles, which need not outlive the process.
 *
 * @param activity AWS's work on the function
 * @param unreadable the number of reads that failed in a row
 * @param failedUpdates the updates that failed or were refused
 * @param unsent the open update of the history, where it waits for the rate limiter and was not
 *     sent, or null
 * @param judged the settings of the function that showed the newest update's outcome, or null
 * @param isRecovered whether the function was read at rest, and its last update had not failed,
 *     since the operator last sent one: a failure that shows later is another writer's
 * @param driftCorrections the values that were corrected, and since when they count
 */
public record RetryState(
    Activity activity,
    int unreadable,
    FailedUpdates failedUpdates,
    @Nullable UpdateRecord unsent,
    @Nullable String judged,
    boolean isRecovered,
    DriftCorrections driftCorrections) {

  /** The state of a resource that was never reconciled. */
  public static final RetryState NONE =
      new RetryState(
          Activity.NONE, 0, FailedUpdates.NONE, null, null, false, DriftCorrections.NONE);

  /**
   * AWS's answer to an update that it accepted.
   *
   * @param lastModified the LastModified of the answer; where the settled function has another one,
   *     another writer changed it since (docs/aws.md#last-modified)
   * @param when the time at which the update was sent
   * @param record the update's record in the history, which another operator can take for its own
   */
  public record Accepted(
      @Nullable String lastModified, Instant when, @Nullable UpdateRecord record) {}

  /**
   * A plan that AWS refused. It is not sent again to the same function for the same spec before its
   * time.
   *
   * @param version the version of the settings that it was made for
   * @param state the function that it was made for: its RevisionId, or its settings without one
   */
  public record Held(
      DesiredVersion version, String state, String reason, String message, Pause pause) {
    /** The delay before an update that AWS refused is sent again to the same function. */
    public static final Duration PAUSE = Duration.ofMinutes(30);

    Held by(Instant now) {
      return new Held(version, state, reason, message, pause.by(now));
    }
  }

  /**
   * The state that a new process takes from the status: a restart does not repeat an update that
   * AWS refused.
   *
   * @param stalledReason the reason of {@code Stalled}, or null where it is not
   * @param stalledMessage the message of {@code Stalled}
   */
  public static RetryState afterRestart(
      UpdateHistory history,
      @Nullable String stalledReason,
      @Nullable String stalledMessage,
      Instant now) {
    UpdateRecord last = history.newest();
    if (last == null
        || stalledReason == null
        || stalledMessage == null
        || last.generation() == null
        || last.plannedRevision() == null
        || !stalledReason.equals(last.outcome())) {
      return NONE;
    }
    // An unreadable time, or one in the future, delays nothing.
    Instant since = Elapsed.told(last.time(), now);
    return since == null
        ? NONE
        : NONE.held(
            new Held(
                DesiredVersion.of(last),
                last.plannedRevision(),
                stalledReason,
                stalledMessage,
                new Pause(since, Held.PAUSE)));
  }

  /** The same state for a clock that may have been set back: nothing began after now. */
  public RetryState by(Instant now) {
    return with(activity.by(now)).with(failedUpdates.by(now)).with(driftCorrections.by(now));
  }

  /**
   * The state after a read that found AWS at work.
   *
   * @param running the identity of the running update, or null
   */
  public RetryState busy(Instant now, @Nullable String running) {
    return readable().with(activity.seen(running, now)).with(failedUpdates.interrupted(now));
  }

  /** The state after AWS accepted an update. */
  public RetryState accepted(
      @Nullable String lastModified, Instant now, @Nullable UpdateRecord record) {
    return readable()
        .with(Activity.of(new Accepted(lastModified, now, record)))
        .with(failedUpdates.accepted())
        .withoutUnsent()
        .judged(null)
        .recovered(false);
  }

  /** The state after a read that failed: an update that runs continues. */
  public RetryState unread() {
    return withUnreadable(unreadable + 1);
  }

  /** The state after an update that failed. */
  public RetryState failed(long generation, String code, Instant now) {
    return settled().with(failedUpdates.failed(generation, code, now)).recovered(false);
  }

  /** The state after AWS refused an update because it is at work on the function. */
  public RetryState polled() {
    return with(activity.polled());
  }

  /** The state with an update that waits to be sent again. */
  public RetryState resend(Pause pause) {
    return with(failedUpdates.resending(pause));
  }

  /** The state after AWS refused a plan. */
  public RetryState held(Held refused) {
    return settled().with(Activity.NONE).with(failedUpdates.holding(refused));
  }

  /** The state after a read that found the function at rest. Earlier failures are kept. */
  public RetryState settled() {
    return readable().with(activity.ended()).withoutUnsent();
  }

  /** The state after the function showed the outcome of the newest update. */
  public RetryState judged(@Nullable String state) {
    return new RetryState(
        activity, unreadable, failedUpdates, unsent, state, isRecovered, driftCorrections);
  }

  /** The state after a read at rest found that the last update, of whomever, had not failed. */
  public RetryState recovered() {
    return recovered(true);
  }

  private RetryState recovered(boolean value) {
    return new RetryState(
        activity, unreadable, failedUpdates, unsent, judged, value, driftCorrections);
  }

  /** The state while nothing happens until a person acts. */
  public RetryState stalled() {
    return with(activity.withoutPolls());
  }

  /**
   * The state of a function in sync: only the corrections of drift are kept, and whose a failure
   * is.
   */
  public RetryState atRest() {
    return NONE.recovered(isRecovered).with(driftCorrections);
  }

  /**
   * The state while the open update of the history, if there is one, waits for the rate limiter.
   */
  public RetryState waiting(UpdateHistory history) {
    return withUnsent(history.open());
  }

  /** The state after the unsent update was removed from the history. */
  public RetryState withoutUnsent() {
    return withUnsent(null);
  }

  /**
   * The state after the function was deployed anew, or did not exist: a difference is then no
   * answer to an earlier correction.
   */
  public RetryState afresh(Instant now) {
    return with(DriftCorrections.since(now));
  }

  /**
   * The state before drift is corrected.
   *
   * @param found by field, a hash of the value that somebody set
   */
  public RetryState puttingBack(Instant now, Map<String, Integer> found) {
    return with(driftCorrections.with(now, found));
  }

  private RetryState readable() {
    return withUnreadable(0);
  }

  private RetryState with(Activity changed) {
    return new RetryState(
        changed, unreadable, failedUpdates, unsent, judged, isRecovered, driftCorrections);
  }

  private RetryState with(FailedUpdates changed) {
    return new RetryState(
        activity, unreadable, changed, unsent, judged, isRecovered, driftCorrections);
  }

  private RetryState with(DriftCorrections changed) {
    return new RetryState(
        activity, unreadable, failedUpdates, unsent, judged, isRecovered, changed);
  }

  private RetryState withUnreadable(int reads) {
    return new RetryState(
        activity, reads, failedUpdates, unsent, judged, isRecovered, driftCorrections);
  }

  private RetryState withUnsent(@Nullable UpdateRecord update) {
    return new RetryState(
        activity, unreadable, failedUpdates, update, judged, isRecovered, driftCorrections);
  }

  /** Whether nothing runs and nothing failed, so that the next read has nothing to find out. */
  public boolean isQuiet() {
    return activity.busy() == null
        && accepted() == null
        && unreadable == 0
        && failedUpdates.row() == null;
  }

  /** Whether all that the next read could find out is whether the function can be read again. */
  public boolean isOnlyUnreadable() {
    return unreadable > 0 && readable().isQuiet();
  }

  /** The number of reads that found AWS at work, since the function was last in sync. */
  public int polls() {
    return activity.polls();
  }

  /** The time since when each read has found AWS at work, or null. */
  public @Nullable Instant busySince() {
    return activity.busy() == null ? null : activity.busy().since();
  }

  /** The time since when the running update has been running, or null. */
  public @Nullable Instant runningSince() {
    return activity.busy() == null ? null : activity.busy().runningSince();
  }

  /** AWS's answer to the running update, if it is the operator's, or null. */
  public @Nullable Accepted accepted() {
    return activity.accepted();
  }

  /** Whether a read is from before the running update, and cannot judge it. */
  public boolean isAheadOf(ObservedFunction function, Instant now) {
    return activity.isAheadOf(function, now);
  }

  /** The number of updates that failed in a row. */
  public int failures() {
    return failedUpdates.row() == null ? 0 : failedUpdates.row().times();
  }

  /** The time for which updates have failed with the same code. */
  public Duration failingFor(Instant now) {
    return failedUpdates.row() == null
        ? Duration.ZERO
        : Elapsed.between(failedUpdates.row().since(), now);
  }

  /** The wait before a failed update is sent again, or null. */
  public @Nullable Pause resend() {
    return failedUpdates.resend();
  }

  /** The plan that AWS refused, or null. */
  public @Nullable Held held() {
    return failedUpdates.held();
  }
}
