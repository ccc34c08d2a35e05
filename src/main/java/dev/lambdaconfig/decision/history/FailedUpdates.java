package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.model.FailureKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Updates that failed, and those that AWS refused.
 *
 * @param row the updates that failed since the function was last in sync, or null
 * @param resend the wait before a failed update is sent again, or null
 * @param held the plan that AWS refused, or null
 */
record FailedUpdates(@Nullable Row row, @Nullable Pause resend, RetryState.@Nullable Held held) {

  static final FailedUpdates NONE = new FailedUpdates(null, null, null);

  /**
   * Updates that failed in a row. Neither successful reads nor accepted updates end the row, or the
   * delay would start anew with every try; a function in sync ends it, and another spec.
   *
   * @param generation the generation of the spec that they were for
   * @param code the code of the last one
   * @param times their number, whatever their codes
   * @param since the time since when they have had this code
   */
  record Row(long generation, String code, int times, Instant since) {

    private Row longer(String nextCode, Instant now) {
      return new Row(generation, nextCode, times + 1, nextCode.equals(code) ? since : now);
    }

    private Row since(Instant then) {
      return new Row(generation, code, times, then);
    }
  }

  /** The same state with one more failure. */
  FailedUpdates failed(long generation, String code, Instant now) {
    return new FailedUpdates(
        row == null || row.generation() != generation
            ? new Row(generation, code, 1, now)
            : row.longer(code, now),
        resend,
        held);
  }

  /**
   * The same state after a read that found AWS at work. Conflicts only count in a row while reads
   * show that nothing runs.
   */
  FailedUpdates interrupted(Instant now) {
    return row == null || !FailureKind.isConflict(row.code())
        ? this
        : new FailedUpdates(row.since(now), resend, held);
  }

  /** The same state with an update that waits to be sent again. */
  FailedUpdates resending(Pause pause) {
    return new FailedUpdates(row, pause, held);
  }

  /** The same state with a plan that AWS refused. */
  FailedUpdates holding(RetryState.Held refused) {
    return new FailedUpdates(row, null, refused);
  }

  /** The same state after AWS accepted an update, which may still fail. */
  FailedUpdates accepted() {
    return new FailedUpdates(row, null, null);
  }

  /** The same state for a clock that may have been set back: nothing began after now. */
  FailedUpdates by(Instant now) {
    return new FailedUpdates(
        row == null ? null : row.since(Elapsed.notAfter(row.since(), now)),
        resend == null ? null : resend.by(now),
        held == null ? null : held.by(now));
  }
}
