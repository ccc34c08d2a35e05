package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * Replaces equal strings by one instance. The most recent strings are kept by their hash, in a
 * table of a fixed size; a string whose slot was overwritten is only not shared. Secrets must not
 * be passed to it.
 */
final class RecentStrings {

  private static final int BITS = 10;

  /**
   * Factor of Fibonacci hashing, by which strings that differ in their last letter have different
   * slots.
   */
  private static final int SPREAD = 0x9E3779B9;

  private final int longest;

  /**
   * The table. Threads can overwrite each other's slots: strings are immutable, so at worst one is
   * not shared.
   */
  private final @Nullable String[] last = new String[1 << BITS];

  /**
   * Creates an empty table.
   *
   * @param longest the length of the longest string to keep: longer ones are rarely repeated
   */
  RecentStrings(int longest) {
    this.longest = longest;
  }

  String shared(String read) {
    if (read.length() > longest) {
      return read;
    }
    int place = (read.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
    String before = last[place];
    if (read.equals(before)) {
      return before;
    }
    last[place] = read;
    return read;
  }
}
