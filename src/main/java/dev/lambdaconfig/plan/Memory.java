package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a resource between two passes, and need not outlive the process.
 *
 * @param polls looks at the running update so far
 * @param busySince since when AWS has been busy with the function, or null
 * @param accepted what AWS said when it took the update of ours that is running, or null
 * @param unreadable consecutive reads that failed
 * @param failing the updates that failed since the function was last in sync, or null
 * @param resendAt when an update that failed is sent again, or null
 * @param held what AWS refused, or null
 */
public record Memory(
    int polls,
    @Nullable Instant busySince,
    @Nullable Accepted accepted,
    int unreadable,
    @Nullable Failing failing,
    @Nullable Instant resendAt,
    @Nullable Held held) {

  /** Nothing happened yet. */
  public static final Memory NONE = new Memory(0, null, null, 0, null, null, null);

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
   * A plan that AWS refused: not sent again to the same revision for the same spec before its time.
   *
   * @param generation the generation of the spec that it was made for
   * @param revisionId the revision of the function that it was made for
   */
  public record Held(
      long generation, @Nullable String revisionId, String reason, String message, Instant until) {}

  /**
   * What a process that starts anew can know from the status: what AWS refused is not sent again
   * because of a restart.
   *
   * @param stalledReason the reason of {@code Stalled}, or null where it is not
   * @param stalledMessage the message of {@code Stalled}
   */
  public static Memory afterRestart(
      List<UpdateRecord> history, @Nullable String stalledReason, @Nullable String stalledMessage) {
    UpdateRecord last = history.isEmpty() ? null : history.getFirst();
    if (last == null
        || stalledReason == null
        || stalledMessage == null
        || last.generation() == null
        || last.plannedRevision() == null
        || !stalledReason.equals(last.outcome())) {
      return NONE;
    }
    try {
      Instant until = Instant.parse(String.valueOf(last.time())).plus(Delays.REFUSED);
      return NONE.held(
          new Held(
              last.generation(), last.plannedRevision(), stalledReason, stalledMessage, until));
    } catch (DateTimeException e) {
      // A time that nobody can read holds nothing back.
      return NONE;
    }
  }

  Memory busy(Instant now) {
    return new Memory(
        polls + 1, busySince == null ? now : busySince, accepted, 0, failing, resendAt, held);
  }

  Memory accepted(@Nullable String lastModified, Instant now, @Nullable UpdateRecord record) {
    return new Memory(1, now, new Accepted(lastModified, now, record), 0, failing, null, null);
  }

  /** The function could not be read: whatever runs on it runs on. */
  Memory unread() {
    return new Memory(polls, busySince, accepted, unreadable + 1, failing, resendAt, held);
  }

  Memory failed(long generation, String code, Instant now) {
    return new Memory(0, null, null, 0, counted(generation, code, now), resendAt, held);
  }

  private Failing counted(long generation, String code, Instant now) {
    Failing before = failing;
    if (before == null || before.generation() != generation) {
      return new Failing(generation, code, 1, now);
    }
    return new Failing(
        generation, code, before.times() + 1, code.equals(before.code()) ? before.since() : now);
  }

  Memory resendAt(Instant when) {
    return new Memory(polls, busySince, accepted, unreadable, failing, when, held);
  }

  Memory held(Held refused) {
    return new Memory(0, null, null, 0, failing, null, refused);
  }

  /** The function answers and is settled: only what AWS refused, or what failed, is remembered. */
  Memory settled() {
    return new Memory(0, null, null, 0, failing, resendAt, held);
  }

  /** Nothing runs and nothing failed: the next pass need not find out what became of anything. */
  public boolean isQuiet() {
    return busySince == null && accepted == null && unreadable == 0 && failing == null;
  }

  /** How often updates failed in a row. */
  int failures() {
    return failing == null ? 0 : failing.times();
  }

  /** For how long updates have failed with the same code. */
  Duration failingFor(Instant now) {
    return failing == null ? Duration.ZERO : Duration.between(failing.since(), now);
  }
}
