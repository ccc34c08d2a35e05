package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * Makes equal strings one. What was read last is remembered by its hash, in a fixed number of
 * places; what is overwritten there is read anew, at no other cost. Nothing secret may be
 * remembered.
 */
final class RecentStrings {

  private static final int BITS = 10;

  /** Factor of Fibonacci hashing: strings that differ in their last letter share no place. */
  private static final int SPREAD = 0x9E3779B9;

  private final int longest;

  /** Threads may overwrite each other: strings cannot change, so at worst one is not shared. */
  private final @Nullable String[] last = new String[1 << BITS];

  /**
   * Remembers nothing yet.
   *
   * @param longest the length of the longest string to remember: longer ones are rarely repeated
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
