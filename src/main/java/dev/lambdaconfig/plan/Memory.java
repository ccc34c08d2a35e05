package dev.lambdaconfig.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a resource between two passes, and need not outlive the process.
 *
 * @param polls looks at the running update so far
 * @param busySince since when AWS has been busy with the function, or null
 * @param failures consecutive failures so far
 * @param failingSince since when they have been of this kind, or null
 * @param failing the code of those failures, or null
 * @param resendAt when an update that failed is sent again, or null
 * @param held what AWS refused, or null
 */
public record Memory(
    int polls,
    @Nullable Instant busySince,
    int failures,
    @Nullable Instant failingSince,
    @Nullable String failing,
    @Nullable Instant resendAt,
    @Nullable Held held) {

  /** Nothing happened yet. */
  public static final Memory NONE = new Memory(0, null, 0, null, null, null, null);

  /**
   * A plan that AWS refused: not sent again to the same revision for the same spec before its time.
   *
   * @param generation the generation of the spec that it was made for
   * @param revisionId the revision of the function that it was made for
   */
  public record Held(
      long generation, @Nullable String revisionId, String reason, String message, Instant until) {}

  Memory busy(Instant now) {
    return new Memory(
        polls + 1, busySince == null ? now : busySince, 0, null, null, resendAt, null);
  }

  Memory accepted(Instant now) {
    return new Memory(1, now, failures, failingSince, failing, null, null);
  }

  Memory failed(String code, Instant now) {
    boolean same = code.equals(failing) && failingSince != null;
    return new Memory(
        0, null, same ? failures + 1 : 1, same ? failingSince : now, code, resendAt, held);
  }

  Memory resendAt(Instant when) {
    return new Memory(polls, busySince, failures, failingSince, failing, when, held);
  }

  Memory held(Held refused) {
    return new Memory(0, null, failures, failingSince, failing, null, refused);
  }

  /** The function answers and is settled: only what AWS refused, or what failed, is remembered. */
  Memory settled() {
    return new Memory(0, null, failures, failingSince, failing, resendAt, held);
  }
}
