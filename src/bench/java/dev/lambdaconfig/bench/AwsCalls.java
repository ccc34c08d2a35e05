package dev.lambdaconfig.bench;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls to Lambda, by operation, as its end of the wire counts them. */
record AwsCalls(SortedMap<String, Count> operations) {

  /**
   * Calls of one operation.
   *
   * @param throttled refused because there were too many
   * @param failed refused for another reason, or lost
   * @param first when the first one arrived since the simulator last forgot
   */
  record Count(long requests, long throttled, long failed, @Nullable Instant first) {
    private static final Count NONE = new Count(0, 0, 0, null);

    private Count since(Count before) {
      return new Count(
          requests - before.requests, throttled - before.throttled, failed - before.failed, first);
    }
  }

  AwsCalls since(AwsCalls before) {
    SortedMap<String, Count> difference = new TreeMap<>();
    operations.forEach(
        (operation, count) -> {
          Count made = count.since(before.of(operation));
          if (made.requests() > 0) {
            difference.put(operation, made);
          }
        });
    return new AwsCalls(difference);
  }

  Count of(String operation) {
    return operations.getOrDefault(operation, Count.NONE);
  }

  long total() {
    return operations.values().stream().mapToLong(Count::requests).sum();
  }

  long throttled() {
    return operations.values().stream().mapToLong(Count::throttled).sum();
  }

  /** The requests of each operation. */
  Map<String, Long> requests() {
    Map<String, Long> requests = new TreeMap<>();
    operations.forEach((operation, count) -> requests.put(operation, count.requests()));
    return requests;
  }

  /** When the first call of all arrived, or null if there was none. */
  @Nullable Instant first() {
    return operations.values().stream()
        .map(Count::first)
        .filter(first -> first != null)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
