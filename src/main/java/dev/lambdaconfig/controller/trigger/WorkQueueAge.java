package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.debug.StateSizes;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The reconciles that run, and those that were triggered and have not begun: one that hangs shows
 * here, and so does a resource that the framework has lost (5.2.3 can leave one marked as being
 * worked on for ever).
 *
 * <p>It also tells which triggers the framework need not hear of. The framework (5.2.3) answers
 * each trigger of a resource that waits for a worker with one more reconcile, which would read the
 * function for nothing: the one that waits serves both.
 */
public final class WorkQueueAge implements StateSizes.Source {

  /** The age from which a trigger may be of a resource that was deleted at that very moment. */
  private static final long DOUBTFUL = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<ResourceID, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong lastBegun;
  private final AtomicLong latestServed;

  /**
   * The reconciles of one resource: at most one runs, and one waits. Times are nanoseconds of the
   * clock.
   *
   * @param triggered the time of the first trigger that no reconcile has served; null if there is
   *     none
   * @param began the time when the running reconcile began; null if none runs
   * @param due whether another one became due since, which the end of the running one may put off
   */
  private record Entry(@Nullable Long triggered, @Nullable Long began, boolean due) {

    static final Entry NONE = new Entry(null, null, false);

    Entry triggeredAt(@Nullable Long time) {
      return new Entry(time, began, due);
    }

    /** Whether a reconcile waits that was triggered and is not in doubt. */
    boolean waits(long now) {
      return triggered != null && now - triggered <= DOUBTFUL;
    }

    /** This entry, or null if there is nothing in it. */
    @Nullable Entry orNull() {
      return triggered == null && began == null ? null : this;
    }
  }

  /** Creates the ages of no reconcile. */
  public WorkQueueAge(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    lastBegun = new AtomicLong(now);
    latestServed = new AtomicLong(now);
  }

  /** Records a trigger, and returns whether to pass it on: not if a reconcile waits to begin. */
  boolean triggered(ResourceID resource) {
    long now = nanos.getAsLong();
    boolean[] passed = new boolean[1];
    change(
        resource,
        entry -> {
          passed[0] = !entry.waits(now);
          return entry.triggered() == null ? entry.triggeredAt(now) : entry;
        });
    return passed[0];
  }

  /**
   * Records that a reconcile is due, by a timer or a grant, and returns whether to trigger it: not
   * while another one runs, which may make the very call, and ends with a time of its own.
   */
  boolean due(ResourceID resource) {
    boolean[] idle = new boolean[1];
    change(
        resource,
        entry -> {
          idle[0] = entry.began() == null;
          return idle[0] ? entry : new Entry(entry.triggered(), entry.began(), true);
        });
    return idle[0] && triggered(resource);
  }

  /** Records that the running reconcile waits for no grant, and has set the time of the next. */
  void scheduled(ResourceID resource) {
    change(resource, entry -> new Entry(entry.triggered(), entry.began(), false));
  }

  /** Records that a reconcile begins, and returns when, by the steady clock. */
  long begun(ResourceID resource) {
    long now = nanos.getAsLong();
    change(
        resource,
        entry -> {
          if (entry.triggered() != null) {
            later(latestServed, entry.triggered());
          }
          return new Entry(null, now, false);
        });
    later(lastBegun, now);
    return now;
  }

  /** Records the end of a reconcile, and returns whether the next one is due already. */
  boolean ended(ResourceID resource) {
    boolean[] due = new boolean[1];
    change(
        resource,
        entry -> {
          due[0] = entry.due();
          return new Entry(entry.triggered(), null, false);
        });
    return due[0];
  }

  /** Forgets what was triggered for a resource that is gone, or that the framework refused. */
  void forget(ResourceID resource) {
    change(resource, entry -> entry.triggeredAt(null));
  }

  private void change(ResourceID resource, UnaryOperator<Entry> change) {
    entries.compute(
        resource, (id, entry) -> change.apply(entry == null ? Entry.NONE : entry).orNull());
  }

  /** The time that the oldest running reconcile has taken. */
  public Duration longestRunning() {
    return longestSince(Entry::began);
  }

  /**
   * The age of the oldest reconcile that was triggered and has not ended.
   *
   * @param exists whether there still is such a resource
   */
  public Duration oldest(Predicate<ResourceID> exists) {
    long now = nanos.getAsLong();
    entries.forEach(
        (resource, entry) -> {
          Long triggered = entry.triggered();
          if (triggered != null && now - triggered > DOUBTFUL && !exists.test(resource)) {
            change(resource, is -> triggered.equals(is.triggered()) ? is.triggeredAt(null) : is);
          }
        });
    Duration waiting = longestSince(Entry::triggered);
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
    for (Map.Entry<ResourceID, Entry> each : entries.entrySet()) {
      Long triggered = each.getValue().triggered();
      if (triggered == null) {
        continue;
      }
      long age = now - triggered;
      long overtaken = latestServed.get() - triggered;
      long stuck = Math.min(age, Math.max(idle, overtaken));
      if (stuck > longest && (age <= DOUBTFUL || exists.test(each.getKey()))) {
        longest = stuck;
      }
    }
    return Duration.ofNanos(longest);
  }

  private static void later(AtomicLong latest, long time) {
    latest.accumulateAndGet(time, (before, now) -> now - before > 0 ? now : before);
  }

  private Duration longestSince(Function<Entry, @Nullable Long> since) {
    long now = nanos.getAsLong();
    long oldest = 0;
    for (Entry entry : entries.values()) {
      Long from = since.apply(entry);
      if (from != null) {
        oldest = Math.max(oldest, now - from);
      }
    }
    return Duration.ofNanos(oldest);
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("WorkQueueAge.entries", entries.size());
  }
}
