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
 * Contention for fields: the operator corrects the same value again and again, because another
 * writer, most likely another controller, sets it. Both would go on forever, at the cost of the
 * account's quota and of an update cycle of the function each time.
 *
 * @param fields the fields that are corrected and changed again
 * @param times the number of corrections
 * @param since the time of the first one
 * @param pause the wait before the next one
 */
public record Contention(List<String> fields, int times, Instant since, Pause pause) {

  /** Number of corrections without a wait. */
  private static final int TOLERATED = 3;

  private static final Duration WINDOW = Duration.ofHours(6);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /**
   * Maximum exponent of the wait: a history that another writer wrote can have more entries than
   * the operator keeps.
   */
  private static final int MOST_DOUBLINGS = 10;

  /**
   * The contention that a history shows, or null if there is none.
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
    List<PutBack> counted =
        history.records().stream()
            .takeWhile(record -> Objects.equals(record.generation(), generation))
            .filter(record -> Cause.DriftCorrected.name().equals(record.cause()))
            .filter(record -> UpdateHistory.SUCCEEDED.equals(record.outcome()))
            .map(record -> PutBack.of(record, now))
            .filter(Objects::nonNull)
            .filter(putBack -> Elapsed.between(putBack.at(), now).compareTo(WINDOW) < 0)
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
    if (fields.isEmpty()) {
      return null;
    }
    long pause = FIRST_PAUSE.toSeconds() << Math.min(fought.size() - TOLERATED, MOST_DOUBLINGS);
    Duration length = Duration.ofSeconds(Math.min(pause, LONGEST_PAUSE.toSeconds()));
    return new Contention(
        fields, fought.size(), fought.getLast().at(), new Pause(fought.getFirst().at(), length));
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
    /** The correction in a record, or null where the record has no time, or one in the future. */
    static @Nullable PutBack of(UpdateRecord record, Instant now) {
      Instant at = Elapsed.told(record.time(), now);
      return at == null ? null : new PutBack(at, UpdateHistory.fields(record));
    }
  }
}
