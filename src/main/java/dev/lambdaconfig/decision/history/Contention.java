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
 * The same value of the same field put back again and again: somebody else, most likely another
 * controller, wants it. Both would go on for ever, at the cost of the account's quota and of an
 * update cycle of the function each time.
 *
 * @param fields the fields that are put back and changed again
 * @param times how often they were put back
 * @param since when they were put back first
 * @param pause the wait before they are put back again
 */
public record Contention(List<String> fields, int times, Instant since, Pause pause) {

  /** So often drift is put back at once. */
  private static final int TOLERATED = 3;

  private static final Duration WINDOW = Duration.ofHours(6);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /** A history that somebody else wrote can tell of more than the operator keeps. */
  private static final int MOST_DOUBLINGS = 10;

  /**
   * What the history tells of it, or null if there is none.
   *
   * @param driftCorrections what was found to have been set where it was put back
   * @param differing the fields that differ now, each with a hash of the value that it has
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

  /** What an operator before this one found, and did not leave behind, is taken for the same. */
  private static boolean isSame(@Nullable Integer then, @Nullable Integer now) {
    return then == null || then.equals(now);
  }

  /** An update that put fields back, and when. */
  private record PutBack(Instant at, List<String> fields) {
    /** The update of a history, or null where that tells no time, or one that is yet to come. */
    static @Nullable PutBack of(UpdateRecord record, Instant now) {
      Instant at = Elapsed.told(record.time(), now);
      return at == null ? null : new PutBack(at, UpdateHistory.fields(record));
    }
  }
}
