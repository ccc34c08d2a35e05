package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The resources that wait for the reads of older ones, each for a bounded time: an older one that
 * never gets to read its function, or names another identity each time, must not hold anybody up.
 */
final class ClaimWaits {

  /** The time after its start in which a resource does not wait a second time. */
  private static final Duration RENEWAL = Duration.ofHours(1);

  /**
   * A wait.
   *
   * @param since when it began, by the steady clock
   * @param waiting whether it goes on
   */
  private record Wait(long since, boolean waiting) {}

  private final Map<String, Wait> waits = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanos;

  ClaimWaits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Records that a resource has to wait. Returns the time that is left to it: none if it is up. */
  Duration left(String uid, Duration patience) {
    long now = nanos.getAsLong();
    Wait wait =
        waits.compute(
            uid,
            (key, before) -> {
              long since =
                  before == null || now - before.since() >= RENEWAL.toNanos()
                      ? now
                      : before.since();
              return new Wait(since, now - since < patience.toNanos());
            });
    return patience.minusNanos(now - wait.since());
  }

  /** Records that a resource does not wait, or no longer; what it has waited counts for a while. */
  void end(String uid) {
    waits.computeIfPresent(uid, (key, wait) -> new Wait(wait.since(), false));
  }

  /** Lets a resource wait again from the start. */
  void renew(String uid) {
    waits.remove(uid);
  }

  /** Forgets that a resource has waited, and that it was asked. */
  void forget(String uid) {
    waits.remove(uid);
    asked.remove(uid);
  }

  /** Whether a resource waits. */
  boolean isWaiting(String uid) {
    Wait wait = waits.get(uid);
    return wait != null && wait.waiting();
  }

  /** The resources that wait, or did. */
  List<String> all() {
    return List.copyOf(waits.keySet());
  }

  /** Asks resources to read their function. Returns those that were not asked before. */
  List<String> ask(Collection<String> uids) {
    return uids.stream().filter(asked::add).toList();
  }

  /** Whether others wait for a resource's read. */
  boolean isAsked(String uid) {
    return asked.contains(uid);
  }

  /** Records that a resource was answered. */
  void answered(String uid) {
    asked.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("ClaimWaits.waits", waits.size());
    sizes.add("ClaimWaits.asked", asked.size());
  }
}
