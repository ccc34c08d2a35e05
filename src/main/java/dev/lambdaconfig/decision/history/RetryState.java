package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a resource between two passes, and need not outlive the process.
 *
 * @param polls looks at a function that was not at rest, since it last was in order
 * @param busy the update that runs on the function, or null
 * @param accepted what AWS said when it took the update of ours that is running, or null
 * @param unreadable consecutive reads that failed
 * @param failing the updates that failed since the function was last in sync, or null
 * @param resend the wait before an update that failed is sent again, or null
 * @param held what AWS refused, or null
 * @param unsent the open update of the history, where it waits for its turn and was not sent, or
 *     null
 * @param judged the state of the function that told the outcome of the newest update, or null
 * @param driftCorrections what was put back, and since when it counts
 */
public record RetryState(
    int polls,
    @Nullable Busy busy,
    @Nullable Accepted accepted,
    int unreadable,
    @Nullable Failing failing,
    @Nullable Pause resend,
    @Nullable Held held,
    @Nullable UpdateRecord unsent,
    @Nullable String judged,
    DriftCorrections driftCorrections) {

  /** Nothing happened yet. */
  public static final RetryState NONE =
      new RetryState(0, null, null, 0, null, null, null, null, null, DriftCorrections.NONE);

  /**
   * That AWS is at work on the function.
   *
   * @param since since when each look has shown it at work
   * @param running what tells the running update from others, or null
   * @param runningSince since when this very update has been running
   */
  public record Busy(Instant since, @Nullable String running, Instant runningSince) {

    private Busy seen(@Nullable String nowRunning, Instant now) {
      boolean isSame = running == null || nowRunning == null || running.equals(nowRunning);
      return new Busy(
          since, nowRunning == null ? running : nowRunning, isSame ? runningSince : now);
    }

    private Busy by(Instant now) {
      return new Busy(Elapsed.notAfter(since, now), running, Elapsed.notAfter(runningSince, now));
    }
  }

  /**
   * That AWS took an update of ours.
   *
   * @param lastModified the LastModified of its answer; where the settled function has another one,
   *     somebody else changed it since
   * @param when when it was sent
   * @param record what the history said of it, for another operator can take that for its own
   */
  public record Accepted(
      @Nullable String lastModified, Instant when, @Nullable UpdateRecord record) {}

  /**
   * Updates that failed. Neither reads that succeed nor updates that are accepted end the row, or
   * the delay would start anew with every try; being in sync does, and another spec.
   *
   * @param generation the generation of the spec that they were for
   * @param code the code of the last one
   * @param times how many there were, with whatever code
   * @param since since when they have had this code
   */
  public record Failing(long generation, String code, int times, Instant since) {}

  /**
   * A plan that AWS refused: not sent again to the same function for the same spec before its time.
   *
   * @param generation the generation of the spec that it was made for
   * @param state the state of the function that it was made for
   */
  public record Held(long generation, String state, String reason, String message, Pause pause) {
    /** How long what AWS refused is not sent again, unless spec or function change. */
    public static final Duration PAUSE = Duration.ofMinutes(30);
  }

  /**
   * What a process that starts anew can know from the status: what AWS refused is not sent again
   * because of a restart.
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
    // A time that nobody can read, or that is yet to come, holds nothing back.
    Instant since = Elapsed.told(last.time(), now);
    return since == null
        ? NONE
        : NONE.held(
            new Held(
                last.generation(),
                last.plannedRevision(),
                stalledReason,
                stalledMessage,
                new Pause(since, Held.PAUSE)));
  }

  /** The same by a clock that may have been set back: nothing began after now. */
  public RetryState by(Instant now) {
    return new RetryState(
        polls,
        busy == null ? null : busy.by(now),
        accepted,
        unreadable,
        failing == null
            ? null
            : new Failing(
                failing.generation(),
                failing.code(),
                failing.times(),
                Elapsed.notAfter(failing.since(), now)),
        resend == null ? null : resend.by(now),
        held == null
            ? null
            : new Held(
                held.generation(),
                held.state(),
                held.reason(),
                held.message(),
                held.pause().by(now)),
        unsent,
        judged,
        driftCorrections.by(now));
  }

  /**
   * AWS is at work on the function.
   *
   * @param running what tells the running update from others, or null
   */
  public RetryState busy(Instant now, @Nullable String running) {
    return new RetryState(
        polls + 1,
        busy == null ? new Busy(now, running, now) : busy.seen(running, now),
        accepted,
        0,
        failing == null ? null : interrupted(failing, now),
        resend,
        held,
        unsent,
        judged,
        driftCorrections);
  }

  /** Conflicts are counted as such while reads say that nothing runs; now something does. */
  private static Failing interrupted(Failing failing, Instant now) {
    return FailureKind.isConflict(failing.code())
        ? new Failing(failing.generation(), failing.code(), failing.times(), now)
        : failing;
  }

  public RetryState accepted(
      @Nullable String lastModified, Instant now, @Nullable UpdateRecord record) {
    return new RetryState(
        1,
        new Busy(now, lastModified, now),
        new Accepted(lastModified, now, record),
        0,
        failing,
        null,
        null,
        null,
        null,
        driftCorrections);
  }

  /** The function could not be read: whatever runs on it runs on. */
  public RetryState unread() {
    return new RetryState(
        polls,
        busy,
        accepted,
        unreadable + 1,
        failing,
        resend,
        held,
        unsent,
        judged,
        driftCorrections);
  }

  public RetryState failed(long generation, String code, Instant now) {
    return new RetryState(
        polls,
        null,
        null,
        0,
        counted(generation, code, now),
        resend,
        held,
        null,
        judged,
        driftCorrections);
  }

  private Failing counted(long generation, String code, Instant now) {
    Failing before = failing;
    if (before == null || before.generation() != generation) {
      return new Failing(generation, code, 1, now);
    }
    return new Failing(
        generation, code, before.times() + 1, code.equals(before.code()) ? before.since() : now);
  }

  /** A look that found the function at work, by AWS's refusal of an update. */
  public RetryState polled() {
    return new RetryState(
        polls + 1,
        busy,
        accepted,
        unreadable,
        failing,
        resend,
        held,
        unsent,
        judged,
        driftCorrections);
  }

  public RetryState resend(Pause pause) {
    return new RetryState(
        polls, busy, accepted, unreadable, failing, pause, held, unsent, judged, driftCorrections);
  }

  public RetryState held(Held refused) {
    return new RetryState(0, null, null, 0, failing, null, refused, null, judged, driftCorrections);
  }

  /**
   * The function answers and is settled: what AWS refused, and what failed, is remembered. Looks
   * count on, for another update can run by the next one: only being in order ends their row.
   */
  public RetryState settled() {
    return new RetryState(
        polls, null, null, 0, failing, resend, held, null, judged, driftCorrections);
  }

  /** The newest update was judged by the function in this state. */
  public RetryState judged(@Nullable String state) {
    return new RetryState(
        polls, busy, accepted, unreadable, failing, resend, held, unsent, state, driftCorrections);
  }

  /** Nothing more is done until somebody does something. */
  public RetryState stalled() {
    return new RetryState(
        0, busy, accepted, unreadable, failing, resend, held, unsent, judged, driftCorrections);
  }

  /** All is well, and only who changed what is remembered. */
  public RetryState atRest() {
    return NONE.with(driftCorrections);
  }

  /** The open update of the history, if there is one, waits for its turn. */
  public RetryState waiting(UpdateHistory history) {
    return new RetryState(
        polls,
        busy,
        accepted,
        unreadable,
        failing,
        resend,
        held,
        history.open(),
        judged,
        driftCorrections);
  }

  /** What was unsent is out of the history. */
  public RetryState withoutUnsent() {
    return new RetryState(
        polls, busy, accepted, unreadable, failing, resend, held, null, judged, driftCorrections);
  }

  /**
   * The function was deployed anew, or gone: what differs is nobody's answer to what was put back.
   */
  public RetryState afresh(Instant now) {
    return with(DriftCorrections.since(now));
  }

  /** Somebody set these values, which are about to be put back. */
  public RetryState puttingBack(Instant now, Map<String, Integer> found) {
    return with(driftCorrections.with(now, found));
  }

  private RetryState with(DriftCorrections counted) {
    return new RetryState(
        polls, busy, accepted, unreadable, failing, resend, held, unsent, judged, counted);
  }

  /** Nothing runs and nothing failed: the next pass need not find out what became of anything. */
  public boolean isQuiet() {
    return busy == null && accepted == null && unreadable == 0 && failing == null;
  }

  /** Since when each look has shown the function at work, or null. */
  public @Nullable Instant busySince() {
    return busy == null ? null : busy.since();
  }

  /** How often updates failed in a row. */
  public int failures() {
    return failing == null ? 0 : failing.times();
  }

  /** For how long updates have failed with the same code. */
  public Duration failingFor(Instant now) {
    return failing == null ? Duration.ZERO : Elapsed.between(failing.since(), now);
  }
}
