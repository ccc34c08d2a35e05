package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The same field put back again and again: somebody else, most likely another controller, wants
 * something else of it. Both would go on for ever, at the cost of the account's quota and of an
 * update cycle of the function each time.
 *
 * @param fields the fields that are put back and changed again
 * @param times how often they were put back
 * @param due when they are put back again
 */
record Contention(List<String> fields, int times, Instant due) {

  /** So often drift is put back at once. */
  private static final int TOLERATED = 3;

  private static final Duration WINDOW = Duration.ofHours(6);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /**
   * What the history tells of it, or null if there is none.
   *
   * @param differing the fields that differ now
   */
  static @Nullable Contention in(
      List<UpdateRecord> history, Collection<String> differing, long generation, Instant now) {
    List<UpdateRecord> putBack =
        history.stream()
            .takeWhile(record -> Objects.equals(record.generation(), generation))
            .filter(record -> Cause.DriftCorrected.name().equals(record.cause()))
            .filter(record -> Records.SUCCEEDED.equals(record.outcome()))
            .filter(record -> since(record, now).compareTo(WINDOW) < 0)
            .filter(record -> fields(record).stream().anyMatch(differing::contains))
            .toList();
    if (putBack.size() < TOLERATED) {
      return null;
    }
    List<String> fields =
        differing.stream()
            .filter(field -> putBack.stream().allMatch(record -> fields(record).contains(field)))
            .toList();
    if (fields.isEmpty()) {
      return null;
    }
    long pause = FIRST_PAUSE.toSeconds() << (putBack.size() - TOLERATED);
    Duration bounded = Duration.ofSeconds(Math.min(pause, LONGEST_PAUSE.toSeconds()));
    Duration left = bounded.minus(since(putBack.getFirst(), now));
    return new Contention(fields, putBack.size(), now.plus(left));
  }

  private static Duration since(UpdateRecord record, Instant now) {
    try {
      return Duration.between(Instant.parse(Objects.requireNonNullElse(record.time(), "")), now);
    } catch (DateTimeException e) {
      // A time that nobody can read is of no update that counts.
      return WINDOW;
    }
  }

  private static List<String> fields(UpdateRecord record) {
    return Objects.requireNonNullElse(record.fields(), List.of());
  }
}
