package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The history of updates, newest first. It is written before an update is sent, so that a process
 * that comes back after a crash knows what it may have done.
 */
public final class UpdateHistory {

  /** The update was, or may have been, sent and has not ended. */
  public static final String IN_PROGRESS = "InProgress";

  /** The function settled with what the update asked for. */
  public static final String SUCCEEDED = "Succeeded";

  /** The function settled without what the update asked for, though AWS accepted it. */
  public static final String NOT_APPLIED = "NotApplied";

  private static final String KMS_KEY = "kmsKeyArn";

  private static final int KEPT = 10;

  private UpdateHistory() {}

  /** The history with an update that is about to be sent. */
  public static List<UpdateRecord> opened(
      List<UpdateRecord> history, Decision.Update update, long generation, Instant now) {
    UpdateRecord opened =
        new UpdateRecord(
            now.truncatedTo(ChronoUnit.SECONDS).toString(),
            update.plan().fields(),
            update.cause().name(),
            generation,
            update.revisionId(),
            IN_PROGRESS,
            null);
    List<UpdateRecord> records = new ArrayList<>(history);
    records.addFirst(opened);
    return List.copyOf(records.subList(0, Math.min(KEPT, records.size())));
  }

  /**
   * Why an update was to be sent that is open and just like this one, or null where there is none:
   * it was told ahead, and has waited for its turn since.
   */
  public static @Nullable Cause causeIfOpen(
      List<UpdateRecord> history, Decision.Update update, long generation) {
    UpdateRecord open = open(history);
    return open != null
            && update.revisionId() != null
            && update.revisionId().equals(open.plannedRevision())
            && Objects.equals(open.generation(), generation)
            && update.plan().fields().equals(open.fields())
        ? Cause.named(open.cause())
        : null;
  }

  private static boolean isSameTry(UpdateRecord before, UpdateRecord now) {
    return !hasTakenEffect(before)
        && Objects.equals(before.outcome(), now.outcome())
        && Objects.equals(before.generation(), now.generation())
        && Objects.equals(before.fields(), now.fields());
  }

  /**
   * The update that was open in one history and has ended in a later one, or null. The newest may
   * be another one by then: it is found by its time and plan.
   */
  public static @Nullable UpdateRecord endedSince(
      @Nullable List<UpdateRecord> before, @Nullable List<UpdateRecord> after) {
    UpdateRecord open = before == null ? null : open(before);
    if (open == null || after == null) {
      return null;
    }
    return after.stream()
        .filter(
            record ->
                record != null
                    && Objects.equals(record.time(), open.time())
                    && Objects.equals(record.fields(), open.fields())
                    && Objects.equals(record.plannedRevision(), open.plannedRevision()))
        .findFirst()
        .filter(record -> !IN_PROGRESS.equals(record.outcome()))
        .orElse(null);
  }

  /** Whether the newest update has not ended. */
  public static boolean isOpen(List<UpdateRecord> history) {
    return open(history) != null;
  }

  /** The newest update, if it has not ended. One without an outcome says nothing of it. */
  static @Nullable UpdateRecord open(List<UpdateRecord> history) {
    UpdateRecord head = history.isEmpty() ? null : history.getFirst();
    return head != null && IN_PROGRESS.equals(head.outcome()) ? head : null;
  }

  /** The history without an update that is open, but was never sent. */
  public static List<UpdateRecord> withoutOpen(List<UpdateRecord> history) {
    return open(history) == null ? history : dropped(history);
  }

  /** AWS took it, whether or not the function shows it. */
  private static boolean hasTakenEffect(UpdateRecord record) {
    return SUCCEEDED.equals(record.outcome()) || NOT_APPLIED.equals(record.outcome());
  }

  /** The fields that an update sent; none where the history does not tell. */
  static List<String> fields(UpdateRecord record) {
    List<String> fields = record.fields();
    return fields == null ? List.of() : fields.stream().filter(Objects::nonNull).toList();
  }

  /** The history without the newest update, which turned out never to have been applied. */
  static List<UpdateRecord> dropped(List<UpdateRecord> history) {
    return history.subList(1, history.size());
  }

  /** The history with the newest update ended. */
  static List<UpdateRecord> ended(
      List<UpdateRecord> history, String outcome, @Nullable String settledRevision) {
    UpdateRecord head = history.getFirst();
    List<UpdateRecord> records = new ArrayList<>(history);
    UpdateRecord ended =
        new UpdateRecord(
            head.time(),
            head.fields(),
            head.cause(),
            head.generation(),
            head.plannedRevision(),
            outcome,
            settledRevision);
    records.set(0, ended);
    // The same thing tried again in vain replaces the try before it: ten lines tell more than ten
    // times one. Only now: had the new try been dropped, the old one would be missed.
    if (records.size() > 1 && isSameTry(records.get(1), ended)) {
      records.remove(1);
    }
    return List.copyOf(records);
  }

  /**
   * The history with an open update ended by what the settled function shows.
   *
   * @param accepted what AWS answered when it took the open update, if it did: then it is never
   *     taken for unsent, or an endpoint whose RevisionId stands still would be updated without end
   */
  static List<UpdateRecord> settled(
      List<UpdateRecord> told,
      ObservedFunction function,
      Plan plan,
      long generation,
      RetryState.@Nullable Accepted accepted) {
    List<UpdateRecord> history = withAccepted(told, accepted);
    UpdateRecord open = open(history);
    if (open == null) {
      return history;
    }
    String revision = function.revisionId();
    if (accepted == null
        && ((revision != null && revision.equals(open.plannedRevision()))
            || isAppliedAlready(history, open))) {
      return dropped(history);
    }
    Lifecycle lifecycle = function.lifecycle();
    if (lifecycle.lastUpdateFailed()) {
      return ended(
          history,
          Objects.requireNonNullElse(lifecycle.lastUpdateStatusReasonCode(), "Failed"),
          revision);
    }
    boolean comparable =
        Objects.equals(open.generation(), generation) && !changedSince(function, accepted);
    List<String> sent = fields(open);
    boolean shows =
        plan.fields().stream()
            .noneMatch(
                field -> sent.contains(field) && !isKeyWithNothingToEncrypt(field, function));
    if (accepted == null && comparable && !shows) {
      // Nobody knows that AWS took it, or that it was sent at all.
      return dropped(history);
    }
    return ended(history, shows || !comparable ? SUCCEEDED : NOT_APPLIED, revision);
  }

  /**
   * Whether an earlier update from the same revision took effect: then AWS cannot have taken this
   * one as well, which another operator told at the same time.
   */
  private static boolean isAppliedAlready(List<UpdateRecord> history, UpdateRecord open) {
    return open.plannedRevision() != null
        && dropped(history).stream()
            .anyMatch(
                record ->
                    hasTakenEffect(record)
                        && open.plannedRevision().equals(record.plannedRevision()));
  }

  /** AWS accepts a key for a function without environment variables, and does not keep it. */
  static boolean isKeyWithNothingToEncrypt(String field, ObservedFunction function) {
    return field.equals(KMS_KEY)
        && function.configuration().at("KMSKeyArn") == null
        && function.environment().isEmpty();
  }

  /** Whether a key was sent for this spec already that AWS did not keep. */
  static boolean hasSentKey(List<UpdateRecord> history, long generation) {
    return history.stream()
        .anyMatch(
            record ->
                Objects.equals(record.generation(), generation)
                    && hasTakenEffect(record)
                    && fields(record).contains(KMS_KEY));
  }

  /** Another operator that told the same update and could not send it has dropped the entry. */
  private static List<UpdateRecord> withAccepted(
      List<UpdateRecord> told, RetryState.@Nullable Accepted accepted) {
    UpdateRecord ours = accepted == null ? null : accepted.record();
    boolean there =
        ours == null
            || told.stream()
                .anyMatch(
                    record ->
                        Objects.equals(record.plannedRevision(), ours.plannedRevision())
                            && Objects.equals(record.fields(), ours.fields()));
    if (there || open(told) != null) {
      return told;
    }
    List<UpdateRecord> records = new ArrayList<>(told);
    records.addFirst(ours);
    return List.copyOf(records.subList(0, Math.min(KEPT, records.size())));
  }

  /** Somebody else changed the function after AWS took our update: what differs is their doing. */
  private static boolean changedSince(
      ObservedFunction function, RetryState.@Nullable Accepted accepted) {
    String now = function.configuration().textAt("LastModified");
    return accepted != null
        && accepted.lastModified() != null
        && now != null
        && !now.equals(accepted.lastModified());
  }

  /**
   * The newest update of ours that ended with a code, and that none of ours succeeded after, or
   * null. AWS may have refused to take it again since, so it need not be the newest of all.
   */
  static @Nullable UpdateRecord failed(List<UpdateRecord> history, String code) {
    return history.stream()
        .takeWhile(record -> !hasTakenEffect(record))
        .filter(record -> code.equals(record.outcome()))
        .findFirst()
        .orElse(null);
  }

  /** How often in a row the newest updates for this spec were accepted but did not show. */
  static long notApplied(List<UpdateRecord> history, long generation) {
    return history.stream()
        .takeWhile(
            record ->
                NOT_APPLIED.equals(record.outcome())
                    && Objects.equals(record.generation(), generation))
        .count();
  }
}
