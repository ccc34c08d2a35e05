package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Contention for fields: the operator corrects them again and again, because another writer, most
 * likely another controller, or the endpoint itself sets them. Both would go on forever, at the
 * cost of the account's quota and of an update cycle of the function each time.
 *
 * <p>There are two bounds. The first one is for the same value of the same field. The second one,
 * which is looser, is for all corrections of the function in a short time, whatever their fields
 * and values, and whether or not its code has changed. It needs nothing but the history.
 *
 * @param fields the fields that are corrected and changed again
 * @param times the number of corrections
 * @param since the time of the first one
 * @param pause the wait before the next one
 * @param sameValue whether each correction was of the same value
 */
public record Contention(
    List<String> fields, int times, Instant since, Pause pause, boolean sameValue) {

  /** Number of corrections of the same value without a wait, and the time for which they count. */
  private static final int TOLERATED = 3;

  private static final Duration WINDOW = Duration.ofHours(6);

  /**
   * Number of corrections of whatever value without a wait, and the time for which they count. A
   * pipeline that resets a field with each deployment, every few minutes, is to be corrected at
   * once: with an hour's window the wait stays as short as the time between its deployments.
   */
  private static final int TOLERATED_OF_ANY = 6;

  private static final Duration WINDOW_OF_ANY = Duration.ofHours(1);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /**
   * Maximum exponent of the wait: a history that another writer wrote can have more entries than
   * the operator keeps.
   */
  private static final int MOST_DOUBLINGS = 10;

  /**
   * The contention that a history shows, or null if there is none; of two that with the longer
   * wait.
   *
   * @param driftCorrections the values that were found at each correction
   * @param differing the fields that differ now, each with a hash of its value
   */
  public static @Nullable Contention in(
      UpdateHistory history,
      DriftCorrections driftCorrections,
      Map<String, Integer> differing,
      long generation,
      Instant now) {
    List<UpdateRecord> records =
        history.records().stream()
            .takeWhile(record -> Objects.equals(record.generation(), generation))
            .toList();
    Contention same = ofSameValue(records, driftCorrections, differing, now);
    Contention any = ofAnyValue(records, differing, now);
    if (same == null || any == null) {
      return same == null ? any : same;
    }
    return any.pause.left(now).compareTo(same.pause.left(now)) > 0 ? any : same;
  }

  private static @Nullable Contention ofSameValue(
      List<UpdateRecord> records,
      DriftCorrections driftCorrections,
      Map<String, Integer> differing,
      Instant now) {
    List<PutBack> counted =
        records.stream()
            .filter(record -> Cause.DriftCorrected.name().equals(record.cause()))
            .filter(record -> UpdateHistory.SUCCEEDED.equals(record.outcome()))
            .map(record -> PutBack.within(WINDOW, record, now))
            .filter(Objects::nonNull)
            .filter(putBack -> driftCorrections.counts(putBack.at()))
            .toList();
    List<String> fields = new ArrayList<>();
    List<PutBack> fought = List.of();
    for (String field : differing.keySet()) {
      List<PutBack> same =
          counted.stream()
              .filter(putBack -> putBack.fields().contains(field))
              .filter(
                  putBack -> isSame(driftCorrections.at(field, putBack.at()), differing.get(field)))
              .toList();
      if (same.size() >= TOLERATED) {
        fields.add(field);
        fought = same.size() > fought.size() ? same : fought;
      }
    }
    return fields.isEmpty() ? null : of(fields, fought, TOLERATED, true);
  }

  /**
   * The contention for fields that differ again after many corrections of any field. One that AWS
   * accepted without effect counts as well: an endpoint may show another value each time.
   */
  private static @Nullable Contention ofAnyValue(
      List<UpdateRecord> records, Map<String, Integer> differing, Instant now) {
    List<PutBack> counted =
        records.stream()
            .filter(Contention::isRepetition)
            .filter(UpdateHistory::hasTakenEffect)
            .map(record -> PutBack.within(WINDOW_OF_ANY, record, now))
            .filter(Objects::nonNull)
            .toList();
    return counted.size() < TOLERATED_OF_ANY
        ? null
        : of(List.copyOf(differing.keySet()), counted, TOLERATED_OF_ANY, false);
  }

  /** Whether an update was neither for a new spec nor for new values. */
  private static boolean isRepetition(UpdateRecord record) {
    Cause cause = Cause.named(record.cause());
    return cause == Cause.DriftCorrected || cause == Cause.Retried;
  }

  private static Contention of(
      List<String> fields, List<PutBack> fought, int tolerated, boolean sameValue) {
    long pause = FIRST_PAUSE.toSeconds() << Math.min(fought.size() - tolerated, MOST_DOUBLINGS);
    Duration length = Duration.ofSeconds(Math.min(pause, LONGEST_PAUSE.toSeconds()));
    return new Contention(
        fields,
        fought.size(),
        fought.getLast().at(),
        new Pause(fought.getFirst().at(), length),
        sameValue);
  }

  /** The message for people: the fields, the count and the start, and what to do. */
  public String message() {
    String names = String.join(", ", fields);
    return sameValue
        ? names
            + " was reverted "
            + times
            + " times since "
            + since
            + ", and another writer sets the same value again each time (status.drift): find that"
            + " writer in CloudTrail (UpdateFunctionConfiguration), or remove the field from the"
            + " spec; meanwhile it is reverted at growing intervals"
        : names
            + " differs again after "
            + times
            + " corrections of this function since "
            + since
            + " (status.history): find in CloudTrail (UpdateFunctionConfiguration) who changes the"
            + " function after each of them, or remove the field from the spec; meanwhile it is"
            + " corrected at growing intervals";
  }

  /**
   * Whether two values are the same. One that an earlier process found and did not keep counts as
   * the same.
   */
  private static boolean isSame(@Nullable Integer then, @Nullable Integer now) {
    return then == null || then.equals(now);
  }

  /** A correction: its time and its fields. */
  private record PutBack(Instant at, List<String> fields) {
    /**
     * The correction in a record, or null where the record has no time, or one in the future, or
     * one before the window.
     */
    static @Nullable PutBack within(Duration window, UpdateRecord record, Instant now) {
      Instant at = Elapsed.told(record.time(), now);
      return at == null || Elapsed.between(at, now).compareTo(window) >= 0
          ? null
          : new PutBack(at, UpdateHistory.fields(record));
    }
  }
}
