package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last updates of one namespace that ended: the last one of each resource, the oldest first. No
 * other namespace can displace one. Not thread-safe.
 */
final class UpdateWindow {

  /**
   * An update that ended.
   *
   * @param fields its fields, see {@link FailureSignature#key}
   * @param failure its failure, or null if it succeeded
   * @param at the time, by the steady clock
   * @param number its number among the updates of the account and Region
   */
  record Ended(String fields, @Nullable FailureSignature failure, long at, long number) {

    boolean failedWith(String code) {
      return failure != null && failure.code().equals(code);
    }

    boolean failedLike(FailureSignature other) {
      return failure != null && failure.alike().equals(other.alike());
    }
  }

  /**
   * Longest age of a failure that can have a common cause with a new one. It is shorter than the 30
   * minutes after which refused updates are sent again: a few old failures must not count each
   * time.
   */
  static final long OF_ONE_CHANGE = Duration.ofMinutes(15).toNanos();

  private static final int SIZE = 20;

  private final SequencedMap<String, Ended> updates = new LinkedHashMap<>();

  void add(String uid, Ended ended) {
    updates.putLast(uid, ended);
    if (updates.size() > SIZE) {
      updates.pollFirstEntry();
    }
  }

  void remove(String uid) {
    updates.remove(uid);
  }

  void clear() {
    updates.clear();
  }

  /** Drops updates that ended before that time. */
  void expire(long time) {
    while (!updates.isEmpty() && updates.firstEntry().getValue().at() < time) {
      updates.pollFirstEntry();
    }
  }

  int size() {
    return updates.size();
  }

  /** The number of resources whose last update failed with the code. */
  int failedWith(String code) {
    return (int) updates.values().stream().filter(ended -> ended.failedWith(code)).count();
  }

  /** The resources whose last update failed in one of these ways. */
  List<String> failed(Predicate<FailureSignature> alike) {
    return updates.entrySet().stream()
        .filter(
            entry -> {
              FailureSignature failure = entry.getValue().failure();
              return failure != null && alike.test(failure);
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The newest updates that fulfil a condition, the newest first, up to a number. */
  List<Ended> newest(int most, Predicate<Ended> condition) {
    return updates.reversed().values().stream().filter(condition).limit(most).toList();
  }

  void sizes(StateSizes sizes) {
    sizes.add("UpdateWindow.updates", updates.size());
  }
}
