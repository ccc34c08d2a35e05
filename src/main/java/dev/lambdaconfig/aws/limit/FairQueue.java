package dev.lambdaconfig.aws.limit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and who goes before whom: the more urgent first, then who came first.
 *
 * <p>But of each ten calls one belongs to reads, one to looks at running updates and one to sweeps,
 * where they want it, so that endless writes leave each of them a tenth (and keep seven tenths).
 * Each line counts the calls that were granted since its own last one; from ten on it is owed the
 * next. Not thread-safe.
 */
final class FairQueue {

  private final Map<Priority, PriorityLevel> levels = new EnumMap<>(Priority.class);
  private final Map<WaiterId, Waiter> waiters = new HashMap<>();

  FairQueue() {
    for (Priority priority : Priority.values()) {
      levels.put(priority, new PriorityLevel());
    }
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  int size(Priority priority, long now) {
    tidy(now);
    return level(priority).size();
  }

  /** The place of one who asks; null if there is none, or none any longer, or of another line. */
  @Nullable Waiter find(WaiterId id, Priority priority, long now) {
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

  Waiter join(WaiterId id, Priority priority, long now) {
    Waiter waiter = level(priority).join(id, priority, now);
    waiters.put(id, waiter);
    return waiter;
  }

  void leave(WaiterId id) {
    Waiter waiter = waiters.remove(id);
    if (waiter != null) {
      level(waiter.priority).leave(waiter);
    }
  }

  /** A call was granted to one of this line, with a place or without. */
  void granted(Priority priority) {
    levels.forEach((other, level) -> level.granted(other == priority));
  }

  /**
   * How many are due, or due soon, who go before one.
   *
   * @param waiter null for a newcomer
   * @param limit so many of a line suffice
   */
  int ownedBefore(@Nullable Waiter waiter, Priority priority, long now, long soon, int limit) {
    int owned = level(priority).dueBefore(waiter, now, soon, limit);
    // Not so a newcomer: it would overtake those who come as they were told.
    boolean owed = waiter != null && isOwed(priority, level(priority).before(waiter));
    for (Priority other : Priority.values()) {
      boolean moreUrgent = other.compareTo(priority) < 0;
      if (moreUrgent && !owed) {
        owned += level(other).dueBefore(null, now, soon, limit);
      } else if (other != priority && isOwed(other, 0) && moreUrgent == owed) {
        // Of those who are owed a call, the more urgent again: two that gave way to each other
        // would both wait for ever.
        owned += level(other).dueBefore(null, now, soon, 1);
      }
    }
    return owned;
  }

  /**
   * How many calls will be granted before this one, if nobody else comes.
   *
   * @param waiter null for a newcomer
   */
  int ahead(@Nullable Waiter waiter, Priority priority) {
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
   * Calls those who go next: first one of each line that is owed a call, then by priority.
   *
   * @param tokens how many may come, those included who were called and are on their way
   */
  List<WaiterId> call(long now, int tokens) {
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

  int size(long now) {
    tidy(now);
    return waiters.size();
  }

  private boolean isOwed(Priority priority, int before) {
    return priority != Priority.WRITE && level(priority).othersBefore(before) == 0;
  }

  private void tidy(long now) {
    levels.values().forEach(level -> level.tidy(now, expired -> waiters.remove(expired.id)));
  }

  private PriorityLevel level(Priority priority) {
    return Objects.requireNonNull(levels.get(priority));
  }
}
