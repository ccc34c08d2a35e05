package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import org.jspecify.annotations.Nullable;

/**
 * The last full read of a function, from which a change of the spec is planned. Only of a function
 * at rest: its RevisionId makes a stale one harmless.
 *
 * <p>An observation justifies sending an update, never a verdict: it says for which settings a read
 * has brought one.
 *
 * @param function the function, compressed; null where the last answer was none to plan from
 * @param judged the version of the settings that a read has brought a verdict on, or null
 * @param queued the update that was planned and waits for the rate limiter, or null
 */
public record Observation(
    @Nullable CompressedFunction function,
    @Nullable DesiredVersion judged,
    @Nullable Queued queued) {

  /** Nothing was read since the process started, or since the function was last left alone. */
  public static final Observation NEVER = new Observation(null, null, null);

  /**
   * An update that waits for the rate limiter.
   *
   * @param requested whether it was requested, by a person or by the end of a pause
   * @param announced whether the status announces it; else it could not be written
   */
  public record Queued(boolean requested, boolean announced) {}

  /** Whether nothing was read, or found to have changed, since the process started. */
  @SuppressWarnings("ReferenceEquality") // One that is found to have changed may know nothing else.
  public boolean isNever() {
    return this == NEVER;
  }

  /** An answer of AWS: only what was read at rest, and in order, can be planned from. */
  public Observation answered(Answer answer, ValueFingerprint fingerprint) {
    CompressedFunction compressed =
        answer instanceof Answer.Described(ObservedFunction described) && isAtRest(described)
            ? CompressedFunction.of(described, fingerprint)
            : null;
    return new Observation(compressed, judged, null);
  }

  private static boolean isAtRest(ObservedFunction function) {
    Lifecycle lifecycle = function.lifecycle();
    return function.revisionId() != null
        && lifecycle.isSettled()
        && !lifecycle.isUnclear()
        && !lifecycle.lastUpdateFailed()
        && !lifecycle.isDead();
  }

  /** A read has brought a verdict on this version of the settings. */
  public Observation judged(DesiredVersion version) {
    return new Observation(function, version, null);
  }

  /**
   * An update was planned from what is kept, and waits for the rate limiter.
   *
   * @param requested whether a person requested it
   * @param announced whether the status announces it
   */
  public Observation queued(boolean requested, boolean announced) {
    return isNever() ? this : new Observation(function, judged, new Queued(requested, announced));
  }

  /** The function is no longer what is kept, or what the status says. */
  public Observation stale() {
    return new Observation(null, judged, null);
  }

  /** Whether an update waits for the rate limiter that the status announces. */
  public boolean isAnnounced() {
    return queued != null && queued.announced();
  }

  /** Whether a person requested the update that waits for the rate limiter. */
  public boolean isRequested() {
    return queued != null && queued.requested();
  }

  /** Whether a read has brought a verdict on this version of the settings. */
  public boolean isJudged(DesiredVersion version) {
    return version.equals(judged);
  }

  /**
   * The function to plan from without a read, or null where one is needed: for other settings than
   * the judged ones, or an update that waits. Environment values are there where they are what the
   * spec wants; the others are stand-ins that equal nothing.
   */
  public @Nullable ObservedFunction plannable(
      DesiredVersion version, Desired desired, ValueFingerprint fingerprint) {
    return function != null && (!isJudged(version) || queued != null)
        ? function.unpacked(desired, fingerprint)
        : null;
  }
}
