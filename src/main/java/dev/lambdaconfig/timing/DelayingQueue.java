package dev.lambdaconfig.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that wait for a time, each for one: another time takes the place of the first. Thread-safe.
 *
 * <p>A binary heap whose entries know their places, so that one is moved or removed in logarithmic
 * time. With a task of an executor for each key, a key takes 80 bytes more.
 *
 * @param <K> the type of the keys
 */
public final class DelayingQueue<K> {

  private static final class Entry<K> {
    private final K key;
    private long due;
    private int place;

    private Entry(K key, long due) {
      this.key = key;
      this.due = due;
    }
  }

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final Map<K, Entry<K>> entries = new HashMap<>();

  /** The entries, none due before that at half its place. */
  private final List<Entry<K>> heap = new ArrayList<>();

  /**
   * Creates an empty queue.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public DelayingQueue(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Sets the time of a key, in place of the one that it had.
   *
   * @param due the time of the clock, less than 292 years from now
   */
  public void put(K key, long due) {
    lock.lock();
    try {
      set(entries.get(key), key, due);
    } finally {
      lock.unlock();
    }
  }

  /** Sets the time of a key, unless it has one that is no later. */
  public void putAtTheLatest(K key, long due) {
    lock.lock();
    try {
      Entry<K> before = entries.get(key);
      if (before == null || due - before.due < 0) {
        set(before, key, due);
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(@Nullable Entry<K> before, K key, long due) {
    if (before == null) {
      Entry<K> entry = new Entry<>(key, due);
      entries.put(key, entry);
      heap.add(entry);
      rise(entry, heap.size() - 1);
    } else {
      before.due = due;
      settle(before, before.place);
    }
    if (heap.getFirst().due == due) {
      earlier.signal();
    }
  }

  /** Removes a key, if it waits. */
  public void remove(K key) {
    lock.lock();
    try {
      Entry<K> entry = entries.get(key);
      if (entry != null) {
        remove(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next key whose time comes, and removes it. For one thread. */
  public K take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (heap.isEmpty()) {
          earlier.await();
          continue;
        }
        Entry<K> first = heap.getFirst();
        long left = first.due - nanos.getAsLong();
        if (left <= 0) {
          remove(first);
          return first.key;
        }
        // Another one may be due before by the time that this one returns.
        var unused = earlier.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The number of keys that wait. */
  public int size() {
    lock.lock();
    try {
      return heap.size();
    } finally {
      lock.unlock();
    }
  }

  private void remove(Entry<K> entry) {
    entries.remove(entry.key);
    Entry<K> last = heap.removeLast();
    if (last != entry) {
      settle(last, entry.place);
    }
  }

  /** Puts an entry at a place, or where it belongs on the way up or down from there. */
  private void settle(Entry<K> entry, int place) {
    if (rise(entry, place) == place) {
      sink(entry, place);
    }
  }

  private int rise(Entry<K> entry, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      Entry<K> above = heap.get(parent);
      if (entry.due - above.due >= 0) {
        break;
      }
      move(above, place);
      place = parent;
    }
    move(entry, place);
    return place;
  }

  private void sink(Entry<K> entry, int from) {
    int place = from;
    for (int child = 2 * place + 1; child < heap.size(); child = 2 * place + 1) {
      if (child + 1 < heap.size() && heap.get(child + 1).due - heap.get(child).due < 0) {
        child++;
      }
      Entry<K> below = heap.get(child);
      if (below.due - entry.due >= 0) {
        break;
      }
      move(below, place);
      place = child;
    }
    move(entry, place);
  }

  private void move(Entry<K> entry, int place) {
    heap.set(place, entry);
    entry.place = place;
  }
}
