package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * The values of the most recent keys, in a table of a fixed size. Keys and values are immutable. A
 * key whose slot was overwritten has no value any more. Safe for use by many threads.
 */
final class RecentValues<K, V> {

  /**
   * Factor of Fibonacci hashing, by which keys whose hashes differ a little have different slots.
   */
  private static final int SPREAD = 0x9E3779B9;

  private record Entry<K, V>(K key, V value) {}

  /** The table. Threads can overwrite each other's slots, but each entry is a whole one. */
  private final @Nullable Entry<K, V>[] entries;

  private final int bits;

  /** Creates an empty table of {@code 1 << bits} slots. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  RecentValues(int bits) {
    this.bits = bits;
    this.entries = new Entry[1 << bits];
  }

  /** The value of a key if it is recent; else the given one, which is recent from then on. */
  V shared(K key, V value) {
    V recent = get(key);
    if (recent != null) {
      return recent;
    }
    put(key, value);
    return value;
  }

  @Nullable V get(K key) {
    Entry<K, V> entry = entries[place(key)];
    return entry != null && entry.key().equals(key) ? entry.value() : null;
  }

  void put(K key, V value) {
    entries[place(key)] = new Entry<>(key, value);
  }

  private int place(Object key) {
    return (key.hashCode() * SPREAD) >>> (Integer.SIZE - bits);
  }
}
