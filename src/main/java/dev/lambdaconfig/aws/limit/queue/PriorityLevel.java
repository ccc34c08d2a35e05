package dev.lambdaconfig.aws.limit.queue;

import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The waiters of one priority, first come first served.
 *
 * <p>A waiter that does not come when it was told stops holding up the others after {@link #GRACE},
 * goes before all others of the level when it comes after all, and loses its place after {@link
 * #EXPIRY} (or a quarter of its wait). No method looks at more than a few at the head. Not
 * thread-safe.
 */
final class PriorityLevel {

  static final long GRACE = 200_000_000L;
  static final long EXPIRY = 5_000_000_000L;

  /** The number of calls of which one belongs to this level, were all others endless. */
  static final int SHARE = 10;

  /** The places that are counted one by one; further back an estimate is good enough. */
  private static final int COUNTED = 64;

  /** The waiters that came late, and were told to come once more. */
  private final SequencedMap<WaiterId, Waiter> returned = new LinkedHashMap<>();

  private final SequencedMap<WaiterId, Waiter> waiting = new LinkedHashMap<>();

  /** The waiters that were to come, and did not. */
  private final SequencedMap<WaiterId, Waiter> absent = new LinkedHashMap<>();

  private long tickets;

  /** The calls granted to all since this level's last, less what was ahead of its share. */
  private int since;

  int size() {
    return returned.size() + waiting.size() + absent.size();
  }

  /** The number of waiters without those that do not come. */
  int present() {
    return returned.size() + waiting.size();
  }

  Waiter join(WaiterId id, Priority priority, long now) {
    Waiter waiter = new Waiter(id, priority, tickets++, now);
    waiting.put(id, waiter);
    return waiter;
  }

  void leave(Waiter waiter) {
    if (returned.remove(waiter.id) == null && waiting.remove(waiter.id) == null) {
      absent.remove(waiter.id);
    }
  }

  /** Puts a waiter that asks again back in front, if it was absent. */
  void returns(Waiter waiter) {
    if (absent.remove(waiter.id) != null) {
      returned.put(waiter.id, waiter);
    }
  }

  /** Takes waiters that do not come out of the way, and reports those whose place expired. */
  void tidy(long now, Consumer<Waiter> expired) {
    stepAside(returned, now);
    stepAside(waiting, now);
    for (Waiter waiter = head(absent);
        waiter != null && waiter.isExpired(now);
        waiter = head(absent)) {
      absent.pollFirstEntry();
      expired.accept(waiter);
    }
  }

  private void stepAside(SequencedMap<WaiterId, Waiter> queue, long now) {
    for (Waiter waiter = head(queue); waiter != null && waiter.isLate(now); waiter = head(queue)) {
      queue.pollFirstEntry();
      absent.put(waiter.id, waiter);
    }
  }

  private static @Nullable Waiter head(SequencedMap<WaiterId, Waiter> queue) {
    var entry = queue.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  /** The number of waiters before this one, or before a newcomer. */
  int before(@Nullable Waiter waiter) {
    if (waiter == null) {
      return present();
    }
    int counted = 0;
    for (Iterator<Waiter> waiters = inOrder(); waiters.hasNext() && counted < COUNTED; counted++) {
      if (waiters.next() == waiter) {
        return counted;
      }
    }
    Waiter head = head(waiting);
    long tickets = head == null ? 0 : waiter.ticket - head.ticket;
    return Math.clamp(returned.size() + tickets, Math.min(counted, present()), present());
  }

  /**
   * The number of waiters before this one that are due, or due soon.
   *
   * @param limit the number from which no more are counted
   */
  int dueBefore(@Nullable Waiter waiter, long now, long soon, int limit) {
    int due = 0;
    int counted = 0;
    for (Iterator<Waiter> waiters = inOrder();
        waiters.hasNext() && due < limit && counted < limit + COUNTED;
        counted++) {
      Waiter other = waiters.next();
      if (other == waiter) {
        break;
      }
      if (other.isDue(now, soon)) {
        due++;
      }
    }
    return due;
  }

  /**
   * Calls the waiters at the head that were not called yet.
   *
   * @param tokens the number that may come, with those that were called and are on their way
   * @return the tokens that are left
   */
  int call(long now, int tokens, Consumer<Waiter> called) {
    int left = tokens;
    List<Waiter> next = new ArrayList<>();
    for (Iterator<Waiter> waiters = inOrder(); waiters.hasNext() && left > 0; left--) {
      Waiter waiter = waiters.next();
      if (!waiter.isCalled()) {
        next.add(waiter);
      }
    }
    next.forEach(
        waiter -> {
          waiter.call(now);
          called.accept(waiter);
        });
    return left;
  }

  private Iterator<Waiter> inOrder() {
    Iterator<Waiter> first = returned.values().iterator();
    Iterator<Waiter> then = waiting.values().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || then.hasNext();
      }

      @Override
      public Waiter next() {
        return first.hasNext() ? first.next() : then.next();
      }
    };
  }

  /** Counts a call that was granted, to this level or another. */
  void granted(boolean toThis) {
    // Twice its share at most may be owed: a level that was empty for an hour does not make up
    // for it.
    since = Math.min(since + 1, 2 * SHARE);
    if (toThis) {
      since = Math.max(0, since - SHARE);
    }
  }

  /** The calls of other levels that may still come before so many of this one. */
  int othersBefore(int ofThis) {
    return Math.max(0, SHARE * (ofThis + 1) - since);
  }

  void sizes(StateSizes sizes) {
    sizes.add("PriorityLevel.returned", returned.size());
    sizes.add("PriorityLevel.waiting", waiting.size());
    sizes.add("PriorityLevel.absent", absent.size());
  }
}
