package dev.lambdaconfig.decision.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody had set where it was put back, by which a fight is told from what looks like one:
 * deployments, a function made anew, people who try one value after the other.
 *
 * @param afresh since when put-backs count, or null
 * @param found what was found, the newest first
 */
public record DriftCorrections(@Nullable Instant afresh, List<Found> found) {

  /** Nothing was put back yet. */
  static final DriftCorrections NONE = new DriftCorrections(null, List.of());

  /** As many as the history has updates. */
  private static final int KEPT = 10;

  /**
   * What was found from then on.
   *
   * @param values by field, a hash of its value, which never leaves the process
   */
  public record Found(Instant when, Map<String, Integer> values) {}

  public DriftCorrections {
    found = List.copyOf(found);
  }

  /** Nothing of before counts. */
  static DriftCorrections since(Instant now) {
    return new DriftCorrections(now, List.of());
  }

  /** Adds what is found now, unless it is the same as before. */
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

  /** Whether what was put back at a time counts. */
  boolean counts(Instant time) {
    return afresh == null || !time.isBefore(afresh);
  }

  /** The hash of what a field was found to have when it was put back at a time, or null. */
  @Nullable Integer at(String field, Instant time) {
    return found.stream()
        // Histories tell times in whole seconds.
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
