package dev.lambdaconfig.controller;

import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last full read of each resource's function, from which a change of the spec is planned. Only
 * of functions at rest: their RevisionId makes a stale one harmless.
 *
 * <p>An observation justifies sending an update, never a verdict: each resource's entry says for
 * which generation a read has brought one.
 */
final class Observations {

  /**
   * What is kept of one resource.
   *
   * @param function the function, packed; null where the last answer was none to plan from
   * @param judged the generation of the spec that a read has brought a verdict on, or null
   * @param queued the update that was planned and waits for its turn, or null
   */
  private record Entry(
      @Nullable CompressedFunction function, @Nullable Long judged, @Nullable Queued queued) {
    private static final Entry NONE = new Entry(null, null, null);
  }

  /**
   * An update that waits for its turn.
   *
   * @param requested whether somebody asked for it: the status says by then that this was answered
   * @param told whether it was told ahead, else nobody could be told
   */
  private record Queued(boolean requested, boolean told) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final ValueFingerprint fingerprint = new ValueFingerprint();

  /** Notes an answer of AWS: only what was read at rest, and in order, can be planned from. */
  void took(String uid, Answer answer) {
    CompressedFunction compressed =
        answer instanceof Answer.Described(ObservedFunction function) && isAtRest(function)
            ? CompressedFunction.of(function, fingerprint)
            : null;
    entries.compute(
        uid, (key, before) -> new Entry(compressed, before == null ? null : before.judged(), null));
  }

  private static boolean isAtRest(ObservedFunction function) {
    Lifecycle lifecycle = function.lifecycle();
    return function.revisionId() != null
        && lifecycle.isSettled()
        && !lifecycle.isUnclear()
        && !lifecycle.lastUpdateFailed()
        && !lifecycle.isDead();
  }

  /** A read has brought a verdict on this generation. */
  void judged(String uid, long generation) {
    entries.compute(
        uid,
        (key, before) -> new Entry(before == null ? null : before.function(), generation, null));
  }

  /** An update was planned from what is kept, and waits for its turn. */
  void queued(String uid, boolean requested) {
    entries.computeIfPresent(
        uid,
        (key, before) ->
            new Entry(before.function(), before.judged(), new Queued(requested, true)));
  }

  /** An update was planned from what is kept, and could not be told ahead. */
  void untold(String uid, boolean requested) {
    entries.computeIfPresent(
        uid,
        (key, before) ->
            new Entry(before.function(), before.judged(), new Queued(requested, false)));
  }

  /** Whether an update waits for its turn that was told ahead. */
  boolean isToldAhead(String uid) {
    Queued queued = entries.getOrDefault(uid, Entry.NONE).queued();
    return queued != null && queued.told();
  }

  /** What is kept, by identity: another one tells that something has happened since. */
  @Nullable Object mark(String uid) {
    return entries.get(uid);
  }

  /** The function is no longer what is kept, or what the status says. */
  void stale(String uid) {
    entries.compute(
        uid, (key, before) -> new Entry(null, before == null ? null : before.judged(), null));
  }

  /** Whether an update was planned from what is kept, and waits for its turn. */
  boolean isQueued(String uid) {
    return entries.getOrDefault(uid, Entry.NONE).queued() != null;
  }

  /** Whether somebody asked for the update that waits for its turn. */
  boolean isRequested(String uid) {
    Queued queued = entries.getOrDefault(uid, Entry.NONE).queued();
    return queued != null && queued.requested();
  }

  /** Whether anything was read, or found to have changed, since the operator started. */
  boolean isKnown(String uid) {
    return entries.containsKey(uid);
  }

  /** Whether a read has brought a verdict on this generation. */
  boolean isJudged(String uid, long generation) {
    Long judged = entries.getOrDefault(uid, Entry.NONE).judged();
    return judged != null && judged == generation;
  }

  /**
   * The function to plan from without a read, or null where one is needed: for another spec than
   * the judged one, or an update that waits. Environment values are there where they are what the
   * spec wants; the others are stand-ins that equal nothing.
   */
  @Nullable ObservedFunction plannable(String uid, long generation, Desired desired) {
    Entry entry = entries.getOrDefault(uid, Entry.NONE);
    boolean news = entry.judged() == null || entry.judged() != generation;
    return entry.function() != null && (news || entry.queued() != null)
        ? entry.function().unpacked(desired, fingerprint)
        : null;
  }

  void forget(String uid) {
    entries.remove(uid);
  }
}
