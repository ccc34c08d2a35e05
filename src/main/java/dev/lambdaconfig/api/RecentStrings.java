package dev.lambdaconfig.api;

/**
 * Replaces equal strings by one instance. The most recent strings are kept by their hash, in a
 * table of a fixed size; a string whose slot was overwritten is only not shared. Secrets must not
 * be passed to it.
 */
final class RecentStrings {

  private static final int BITS = 10;

  private final int longest;
  private final RecentValues<String, String> recent = new RecentValues<>(BITS);

  /**
   * Creates an empty table.
   *
   * @param longest the length of the longest string to keep: longer ones are rarely repeated
   */
  RecentStrings(int longest) {
    this.longest = longest;
  }

  String shared(String read) {
    return read.length() > longest ? read : recent.shared(read, read);
  }
}
