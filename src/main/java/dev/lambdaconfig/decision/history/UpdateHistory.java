package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a function, newest first. An update is recorded before it is sent, so that a
 * process that starts after a crash knows what the one before it may have done.
 *
 * <p>Anybody may have written a status: entries that are null are left out, and each member of an
 * entry may be missing.
 *
 * @param records the updates, as the status keeps them
 * @param unproven an update that was dropped although AWS may have applied it, or null; no status
 *     has it
 */
public record UpdateHistory(List<UpdateRecord> records, @Nullable UpdateRecord unproven) {

  /** The outcome of an update that was, or may have been, sent and has not ended. */
  public static final String IN_PROGRESS = "InProgress";

  /** The outcome of an update with whose values the function settled. */
  public static final String SUCCEEDED = "Succeeded";

  /** The outcome of an update that AWS accepted, but without whose values the function settled. */
  public static final String NOT_APPLIED = "NotApplied";

  /** The history of a function that was never updated. */
  public static final UpdateHistory NONE = new UpdateHistory(List.of());

  private static final int KEPT = 10;

  public UpdateHistory {
    records = records.stream().filter(Objects::nonNull).toList();
  }

  /** The history with these updates. */
  public UpdateHistory(List<UpdateRecord> records) {
    this(records, null);
  }

  /** The history in a status; empty where there is no status. */
  public static UpdateHistory of(@Nullable LambdaFunctionConfigStatus status) {
    return status == null || status.history == null ? NONE : new UpdateHistory(status.history);
  }

  /** The newest update, or null where there is none. */
  public @Nullable UpdateRecord newest() {
    return records.isEmpty() ? null : records.getFirst();
  }

  /** The newest update if it has not ended, else null. One without an outcome counts as ended. */
  public @Nullable UpdateRecord open() {
    UpdateRecord newest = newest();
    return newest != null && IN_PROGRESS.equals(newest.outcome()) ? newest : null;
  }

  /** Whether the newest update has not ended. */
  public boolean isOpen() {
    return open() != null;
  }

  /**
   * The history with an update that is about to be sent.
   *
   * @param fields the paths of the fields that it sends
   * @param revisionId the revision that it was planned from, or null where there is none
   */
  public UpdateHistory opened(
      List<String> fields,
      Cause cause,
      DesiredVersion version,
      @Nullable String revisionId,
      Instant now) {
    return with(
        new UpdateRecord(
            now.truncatedTo(ChronoUnit.SECONDS).toString(),
            fields,
            cause.name(),
            version.generation(),
            revisionId,
            IN_PROGRESS,
            null,
            version.sources()));
  }

  /** The history with a newer update. */
  UpdateHistory with(UpdateRecord newer) {
    List<UpdateRecord> all = new ArrayList<>(records);
    all.addFirst(newer);
    return new UpdateHistory(all.subList(0, Math.min(KEPT, all.size())), unproven);
  }

  /**
   * The cause of the open update, if it is the same as the given one; else null. Such an update was
   * recorded earlier and has waited for the rate limiter since.
   */
  public @Nullable Cause causeIfOpen(
      List<String> fields, DesiredVersion version, @Nullable String revisionId) {
    UpdateRecord open = open();
    return open != null
            && revisionId != null
            && revisionId.equals(open.plannedRevision())
            && version.isOf(open)
            && fields.equals(open.fields())
        ? Cause.named(open.cause())
        : null;
  }

  /** The history without an update that is open, but was never sent. */
  public UpdateHistory withoutOpen() {
    return isOpen() ? withoutNewest() : this;
  }

  /** The history without the newest update, which proved never to have been applied. */
  public UpdateHistory withoutNewest() {
    return new UpdateHistory(records.subList(1, records.size()), unproven);
  }

  /** The history without the newest update, of which nothing proves that AWS applied it or not. */
  UpdateHistory withoutUnproven() {
    return new UpdateHistory(records.subList(1, records.size()), newest());
  }

  /** The history with the newest update ended. */
  public UpdateHistory endedWith(String outcome, @Nullable String settledRevision) {
    UpdateRecord newest = records.getFirst();
    UpdateRecord ended =
        new UpdateRecord(
            newest.time(),
            newest.fields(),
            newest.cause(),
            newest.generation(),
            newest.plannedRevision(),
            outcome,
            settledRevision,
            newest.sources());
    List<UpdateRecord> all = new ArrayList<>(records);
    all.set(0, ended);
    // A failed repetition replaces the attempt before it: ten entries tell more than one ten times.
    // Only now, for had the repetition been dropped, the earlier attempt would be missing.
    if (all.size() > 1 && isSameTry(all.get(1), ended)) {
      all.remove(1);
    }
    return new UpdateHistory(all, unproven);
  }

  private static boolean isSameTry(UpdateRecord before, UpdateRecord now) {
    return !hasTakenEffect(before)
        && Objects.equals(before.outcome(), now.outcome())
        && DesiredVersion.of(before).equals(DesiredVersion.of(now))
        && Objects.equals(before.fields(), now.fields());
  }

  /**
   * The history with an open update ended by what the settled function shows.
   *
   * @param plan the difference between the spec and that function
   * @param version the version of the settings that the plan is for
   * @param accepted AWS's answer that accepted the open update, or null where it is not known
   */
  public UpdateHistory settled(
      ObservedFunction function,
      Plan plan,
      DesiredVersion version,
      RetryState.@Nullable Accepted accepted) {
    UpdateHistory history = accepted == null ? this : withAccepted(accepted);
    UpdateRecord open = history.open();
    return open == null
        ? history
        : new OpenUpdate(history, open, accepted).settled(function, plan, version);
  }

  /**
   * Restores an accepted update that another operator has dropped: it recorded the same one and
   * could not send it.
   */
  private UpdateHistory withAccepted(RetryState.Accepted accepted) {
    UpdateRecord ours = accepted.record();
    if (ours == null || isOpen()) {
      return this;
    }
    boolean there =
        records.stream()
            .anyMatch(
                record ->
                    Objects.equals(record.plannedRevision(), ours.plannedRevision())
                        && Objects.equals(record.fields(), ours.fields()));
    return there ? this : with(ours);
  }

  /**
   * The update that was open in an earlier history and has ended in this one, or null. The newest
   * may be another one by then, so it is found by its time and plan.
   */
  public @Nullable UpdateRecord endedSince(UpdateHistory before) {
    UpdateRecord open = before.open();
    if (open == null) {
      return null;
    }
    return records.stream()
        .filter(
            record ->
                Objects.equals(record.time(), open.time())
                    && Objects.equals(record.fields(), open.fields())
                    && Objects.equals(record.plannedRevision(), open.plannedRevision()))
        .findFirst()
        .filter(record -> !IN_PROGRESS.equals(record.outcome()))
        .orElse(null);
  }

  /** Whether a function may show the open update, of which AWS's answer may be known. */
  public boolean mayShowOpen(ObservedFunction function, RetryState.@Nullable Accepted accepted) {
    UpdateRecord open = open();
    return open != null
        && (accepted != null
            || function.revisionId() == null
            || !function.revisionId().equals(open.plannedRevision()));
  }

  /**
   * The newest update of the operator that ended with a code, and that no successful one followed,
   * or null. AWS may have refused to repeat it since, so it need not be the newest of all.
   */
  public @Nullable UpdateRecord failedWith(String code) {
    return records.stream()
        .takeWhile(record -> !hasTakenEffect(record))
        .filter(record -> code.equals(record.outcome()))
        .findFirst()
        .orElse(null);
  }

  /**
   * The number of newest updates for the same settings in a row that were accepted but had no
   * effect.
   */
  public long notApplied(DesiredVersion version) {
    return records.stream()
        .takeWhile(record -> NOT_APPLIED.equals(record.outcome()) && version.isOf(record))
        .count();
  }

  /** Whether AWS accepted an update for a spec that sent the field. */
  public boolean hasSent(String field, long generation) {
    return records.stream()
        .anyMatch(
            record ->
                Objects.equals(record.generation(), generation)
                    && hasTakenEffect(record)
                    && fields(record).contains(field));
  }

  /**
   * Whether AWS may keep a reason that repeats unknown values: those that an update for another
   * spec has sent are gone with that spec.
   *
   * @param version the version of the settings whose values are known
   */
  public boolean mayRepeatUnknownValues(DesiredVersion version) {
    return records.stream()
        .takeWhile(record -> !SUCCEEDED.equals(record.outcome()))
        .anyMatch(record -> hasSentOtherValues(record, version));
  }

  /** Whether an update may have left such values: one that AWS refused leaves none. */
  private static boolean hasSentOtherValues(UpdateRecord record, DesiredVersion version) {
    boolean refused =
        record.plannedRevision() != null
            && record.plannedRevision().equals(record.settledRevision());
    return !refused
        && !version.isOf(record)
        && (record.fields() == null
            || record.fields().stream()
                .anyMatch(field -> field == null || field.startsWith("environment")));
  }

  /** The fields that an update sent; none where the history lacks them. */
  public static List<String> fields(UpdateRecord record) {
    List<String> fields = record.fields();
    return fields == null ? List.of() : fields.stream().filter(Objects::nonNull).toList();
  }

  /** Whether AWS accepted the update, whether or not the function shows it. */
  static boolean hasTakenEffect(UpdateRecord record) {
    return SUCCEEDED.equals(record.outcome()) || NOT_APPLIED.equals(record.outcome());
  }
}
