package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * The values of the most recent keys, in a table of a fixed size. Keys and values are immutable. A
 * key whose slot was overwritten has no value any more. Safe for use by many threads.
 */
final class RecentValues<K, V> {

  private static final int BITS = 6;

  private static final int SPREAD = 0x9E3779B9;

  private record Entry<K, V>(K key, V value) {}

  /** The table. Threads can overwrite each other's slots, but each entry is a whole one. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private final @Nullable Entry<K, V>[] entries = new Entry[1 << BITS];

  @Nullable V get(K key) {
    Entry<K, V> entry = entries[place(key)];
    return entry != null && entry.key().equals(key) ? entry.value() : null;
  }

  void put(K key, V value) {
    entries[place(key)] = new Entry<>(key, value);
  }

  private static int place(Object key) {
    return (key.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
  }
}
