package dev.lambdaconfig.kube.lists;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lengths of the pages of lists, in items: as the client wants them, unless that would be too
 * much at once for the API server, which has 10 s for the head of an answer, and half of that for a
 * page in the place of a first list whose head did not come. Thread-safe.
 */
final class PageLengths {

  /** The length of a page that any API server answers in time, whatever the resources have. */
  static final long SHORTEST = 20;

  /** The length of the longest page. */
  static final long LONGEST = 500;

  /** The length of the first page, of which nobody knows what the resources have. */
  private static final long FIRST = 100;

  /** The wanted size of a page: a second or two of work for the API server. */
  private static final long BYTES = 32_000_000;

  /** The longest page of each path from now on. */
  private final Map<String, Long> longest = new ConcurrentHashMap<>();

  /**
   * Whether a page may be followed by others. Whoever asks for less, such as for a version only,
   * reads no second page.
   */
  static boolean isOneOfMany(long limit) {
    return limit >= SHORTEST;
  }

  /** The length of the next page of a path, at most. */
  long longest(String path) {
    return longest.getOrDefault(path, FIRST);
  }

  /**
   * Fits the length to a page that has arrived. It grows by steps, because nobody knows what the
   * next resources have.
   */
  void fit(String path, int items, long bytes) {
    long fitting = Math.max(SHORTEST, Math.min(LONGEST, items * BYTES / bytes));
    longest.put(path, Math.min(fitting, Math.max(longest(path), 2L * items)));
  }

  /** Makes the next page short: the cause of a failure may be the time that a long page takes. */
  void shorten(String path) {
    longest.put(path, SHORTEST);
  }
}
