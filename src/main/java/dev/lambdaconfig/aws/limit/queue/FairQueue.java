package dev.lambdaconfig.aws.limit.queue;

import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All waiters of one quota in their order: the more urgent first, then the one that came first.
 *
 * <p>But of each ten calls one belongs to reads, one to looks at running updates, one to lists and
 * one to reads from time to time, where they want it, so that endless writes leave each of them a
 * tenth (and keep six tenths). Each level counts the calls that were granted since its own last
 * one; from ten on it is owed the next. Not thread-safe.
 */
public final class FairQueue implements StateSizes.Source {

  private final Map<Priority, PriorityLevel> levels = new EnumMap<>(Priority.class);
  private final Map<WaiterId, Waiter> waiters = new HashMap<>();

  /** An empty queue. */
  public FairQueue() {
    for (Priority priority : Priority.values()) {
      levels.put(priority, new PriorityLevel());
    }
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** The number of waiters. */
  public int size(long now) {
    tidy(now);
    return waiters.size();
  }

  /** The number of waiters of one priority. */
  public int size(Priority priority, long now) {
    tidy(now);
    return level(priority).size();
  }

  /**
   * The waiter that asks again; null if it has no place, or an expired one, or one of another
   * priority, which it loses.
   */
  public @Nullable Waiter find(WaiterId id, Priority priority, long now) {
    tidy(now);
    Waiter waiter = waiters.get(id);
    if (waiter == null) {
      return null;
    }
    if (waiter.priority != priority || waiter.isExpired(now)) {
      leave(id);
      return null;
    }
    level(priority).returns(waiter);
    return waiter;
  }

  /** Adds a waiter at the end of its level. */
  public Waiter join(WaiterId id, Priority priority, long now) {
    Waiter waiter = level(priority).join(id, priority, now);
    waiters.put(id, waiter);
    return waiter;
  }

  /** Removes a waiter, if it is there. */
  public void leave(WaiterId id) {
    Waiter waiter = waiters.remove(id);
    if (waiter != null) {
      level(waiter.priority).leave(waiter);
    }
  }

  /** Counts a call that was granted with this priority, to a waiter or a newcomer. */
  public void granted(Priority priority) {
    levels.forEach((other, level) -> level.granted(other == priority));
  }

  /**
   * The number of waiters that are due, or due soon, and go before a given one.
   *
   * @param waiter null for a newcomer
   * @param limit the number of each level from which no more are counted
   */
  public int ownedBefore(
      @Nullable Waiter waiter, Priority priority, long now, long soon, int limit) {
    int owned = level(priority).dueBefore(waiter, now, soon, limit);
    // A newcomer is owed nothing: it would overtake waiters that come as they were told.
    boolean owed = waiter != null && isOwed(priority, level(priority).before(waiter));
    for (Priority other : Priority.values()) {
      boolean moreUrgent = other.compareTo(priority) < 0;
      if (moreUrgent && !owed) {
        owned += level(other).dueBefore(null, now, soon, limit);
      } else if (other != priority && isOwed(other, 0) && moreUrgent == owed) {
        // Of the levels that are owed a call, the more urgent goes first again: two that gave way
        // to each other would both wait for ever.
        owned += level(other).dueBefore(null, now, soon, 1);
      }
    }
    return owned;
  }

  /**
   * The number of calls that will be granted before this one, if no other waiter comes.
   *
   * @param waiter null for a newcomer
   */
  public int ahead(@Nullable Waiter waiter, Priority priority) {
    int own = level(priority).before(waiter);
    int before = own;
    int behind = 0;
    int shares = 0;
    for (Priority other : Priority.values()) {
      int present = level(other).present();
      if (other.compareTo(priority) < 0) {
        before += present;
      } else if (other != priority && present > 0) {
        behind += present;
        shares++;
      }
    }
    before += Math.min(behind, before * shares / (PriorityLevel.SHARE - shares));
    return priority == Priority.WRITE
        ? before
        : Math.min(before, level(priority).othersBefore(own));
  }

  /**
   * Calls the next waiters: first one of each level that is owed a call, then by priority.
   *
   * @param tokens the number that may come, with those that were called and are on their way
   */
  public List<WaiterId> call(long now, int tokens) {
    tidy(now);
    List<WaiterId> called = new ArrayList<>();
    int left = tokens;
    for (Priority priority : Priority.values()) {
      if (left > 0 && isOwed(priority, 0)) {
        left -= 1 - level(priority).call(now, 1, waiter -> called.add(waiter.id));
      }
    }
    for (Priority priority : Priority.values()) {
      left = level(priority).call(now, left, waiter -> called.add(waiter.id));
    }
    return called;
  }

  private boolean isOwed(Priority priority, int before) {
    return priority != Priority.WRITE && level(priority).othersBefore(before) == 0;
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("FairQueue.waiters", waiters.size());
    for (Priority priority : Priority.values()) {
      level(priority).sizes(sizes);
    }
  }

  private void tidy(long now) {
    levels.values().forEach(level -> level.tidy(now, expired -> waiters.remove(expired.id)));
  }

  private PriorityLevel level(Priority priority) {
    return Objects.requireNonNull(levels.get(priority));
  }
}
