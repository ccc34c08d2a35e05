package dev.lambdaconfig.controller.trigger;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The reconciles that run, and those that were triggered and have not begun: one that hangs shows
 * here, and so does a resource that the framework has lost (5.2.3 can leave one marked as being
 * worked on for ever).
 */
public final class WorkQueueAge {

  /** The age from which a trigger may be of a resource that was deleted at that very moment. */
  private static final long DOUBTFUL = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<ResourceID, Long> asked = new ConcurrentHashMap<>();
  private final Map<ResourceID, Long> running = new ConcurrentHashMap<>();
  private final AtomicLong lastBegun;
  private final AtomicLong latestServed;

  public WorkQueueAge(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    lastBegun = new AtomicLong(now);
    latestServed = new AtomicLong(now);
  }

  void asked(ResourceID resource) {
    asked.putIfAbsent(resource, nanos.getAsLong());
  }

  /** Returns when, by the steady clock. */
  long begun(ResourceID resource) {
    long now = nanos.getAsLong();
    Long since = asked.remove(resource);
    if (since != null) {
      later(latestServed, since);
    }
    later(lastBegun, now);
    running.put(resource, now);
    return now;
  }

  void ended(ResourceID resource) {
    running.remove(resource);
  }

  void forget(ResourceID resource) {
    asked.remove(resource);
  }

  /** The time that the oldest running reconcile has taken. */
  public Duration longestRunning() {
    return oldest(running.values());
  }

  /**
   * The age of the oldest reconcile that was triggered and has not ended.
   *
   * @param exists whether there still is such a resource
   */
  public Duration oldest(Predicate<ResourceID> exists) {
    long now = nanos.getAsLong();
    asked
        .entrySet()
        .removeIf(entry -> now - entry.getValue() > DOUBTFUL && !exists.test(entry.getKey()));
    Duration waiting = oldest(asked.values());
    Duration longest = longestRunning();
    return waiting.compareTo(longest) > 0 ? waiting : longest;
  }

  /**
   * The longest time for which a triggered reconcile could have begun and did not: while none began
   * at all, or while those began that were triggered after it. A queue that is long, and moves, is
   * none of the two.
   *
   * @param exists whether there still is such a resource
   */
  public Duration longestNotBegun(Predicate<ResourceID> exists) {
    long now = nanos.getAsLong();
    long idle = now - lastBegun.get();
    long longest = 0;
    for (Map.Entry<ResourceID, Long> entry : asked.entrySet()) {
      long age = now - entry.getValue();
      long overtaken = latestServed.get() - entry.getValue();
      long stuck = Math.min(age, Math.max(idle, overtaken));
      if (stuck > longest && (age <= DOUBTFUL || exists.test(entry.getKey()))) {
        longest = stuck;
      }
    }
    return Duration.ofNanos(longest);
  }

  private static void later(AtomicLong latest, long time) {
    latest.accumulateAndGet(time, (before, now) -> now - before > 0 ? now : before);
  }

  private Duration oldest(Collection<Long> begun) {
    long now = nanos.getAsLong();
    return Duration.ofNanos(
        Math.max(0, begun.stream().mapToLong(since -> now - since).max().orElse(0)));
  }
}
