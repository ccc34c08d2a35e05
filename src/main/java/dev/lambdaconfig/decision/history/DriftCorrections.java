package dev.lambdaconfig.decision.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that the operator corrected. They distinguish contention from what looks like it:
 * deployments, a function that was created anew, people who try one value after the other.
 *
 * @param afresh the time since when corrections count, or null
 * @param found the values, the newest first
 */
public record DriftCorrections(@Nullable Instant afresh, List<Found> found) {

  /** The corrections of a function that has had none. */
  static final DriftCorrections NONE = new DriftCorrections(null, List.of());

  /** The number of updates in a history. */
  private static final int KEPT = 10;

  /**
   * The values that were found from a time on.
   *
   * @param values by field, a hash of its value, which never leaves the process
   */
  public record Found(Instant when, Map<String, Integer> values) {}

  public DriftCorrections {
    found = List.copyOf(found);
  }

  /** The corrections after which none from before counts. */
  static DriftCorrections since(Instant now) {
    return new DriftCorrections(now, List.of());
  }

  /** Adds the values that are found now, unless they are the same as before. */
  DriftCorrections with(Instant now, Map<String, Integer> values) {
    boolean isSame =
        values.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(at(entry.getKey(), now)));
    if (isSame) {
      return this;
    }
    List<Found> more = new ArrayList<>();
    more.add(new Found(now, Map.copyOf(values)));
    more.addAll(found.subList(0, Math.min(KEPT - 1, found.size())));
    return new DriftCorrections(afresh, more);
  }

  /** Whether a correction at a time counts. */
  boolean counts(Instant time) {
    return afresh == null || !time.isBefore(afresh);
  }

  /** The hash of the value that a field had when it was corrected at a time, or null. */
  @Nullable Integer at(String field, Instant time) {
    return found.stream()
        // A history has times in whole seconds.
        .filter(entry -> !entry.when().minusMillis(999).isAfter(time))
        .map(entry -> entry.values().get(field))
        .filter(value -> value != null)
        .findFirst()
        .orElse(null);
  }

  DriftCorrections by(Instant now) {
    if (afresh == null && found.isEmpty()) {
      return this;
    }
    return new DriftCorrections(
        afresh == null ? null : Elapsed.notAfter(afresh, now),
        found.stream()
            .map(entry -> new Found(Elapsed.notAfter(entry.when(), now), entry.values()))
            .toList());
  }
}
