package dev.lambdaconfig.kube.lists;

import dev.lambdaconfig.kube.http.PageUri;
import dev.lambdaconfig.kube.http.WholeLists;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first list of each path, which is read at once where the API server sends it from memory.
 * Later ones are read in pages: the cache has their resources already, which would be there twice.
 * Thread-safe.
 */
final class FirstLists implements WholeLists {

  /**
   * The time for the head of a list, or three fifths of that in which the client gives up, if that
   * is shorter. Before the first byte, an API server (1.34) goes through all resources: for a
   * second with 40,000 of them on a core of its own.
   */
  static final Duration LONGEST_HEAD = Duration.ofSeconds(10);

  /** An API server ends a request after a minute. */
  static final Duration LONGEST = Duration.ofSeconds(45);

  /** The timeout of a page for which no time is left. */
  private static final Duration LEAST = Duration.ofMillis(100);

  /** The longest time that the client adds to its timeout before it gives up. */
  private static final Duration ADDED = Duration.ofSeconds(5);

  private final Supplier<WholeListReader> readers;
  private final PageLengths lengths;
  private final Duration longestHead;
  private final Duration longest;

  /** The paths of which a list was read at once, or was to be. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  private volatile boolean fromMemory;

  /**
   * Creates no first lists, until the version of the API server is known.
   *
   * @param readers makes the reader of a list
   * @param lengths the lengths of the pages of lists that break off
   */
  FirstLists(
      Supplier<WholeListReader> readers,
      PageLengths lengths,
      Duration longestHead,
      Duration longest) {
    this.readers = readers;
    this.lengths = lengths;
    this.longestHead = longestHead;
    this.longest = longest;
  }

  void adapt(ServerVersion version) {
    fromMemory = version.sendsListsFromMemory();
  }

  @Override
  public @Nullable Whole instead(HttpRequest request, PageUri page) {
    if (!fromMemory
        || !page.isFirst()
        || !StreamedLists.isOwn(page)
        || !PageLengths.isOneOfMany(page.limit())
        || !begun.add(page.uri().getPath())) {
      return null;
    }
    // Without the timeout, which is for a page.
    HttpRequest all = StreamedLists.get(page.all(), request.headers().map()).build();
    return new Whole(
        all,
        spent -> own(request, spent),
        () -> shortPage(request, page),
        readers.get(),
        request.timeout().map(this::headWithin).orElse(longestHead),
        longest);
  }

  private HttpRequest shortPage(HttpRequest request, PageUri page) {
    String path = page.uri().getPath();
    lengths.shorten(path);
    return copy(request).uri(page.withLimit(lengths.longest(path)).uri()).build();
  }

  private Duration headWithin(Duration timeout) {
    return shorter(longestHead, patience(timeout).multipliedBy(3).dividedBy(5));
  }

  /**
   * A page that fails before the client gives up is requested again: so it has three quarters of
   * what is left, and the client the rest to see the failure.
   */
  private static HttpRequest own(HttpRequest request, Duration spent) {
    return request
        .timeout()
        .map(
            timeout -> {
              Duration left = patience(timeout).minus(spent).multipliedBy(3).dividedBy(4);
              Duration some = left.compareTo(LEAST) < 0 ? LEAST : left;
              return copy(request).timeout(shorter(some, timeout)).build();
            })
        .orElse(request);
  }

  /**
   * The time after which the client gives up for good (Fabric8 7.7.0): its timeout and 5 s, or
   * twice its timeout, whichever is shorter.
   */
  private static Duration patience(Duration timeout) {
    return timeout.plus(shorter(timeout, ADDED));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static HttpRequest.Builder copy(HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> true);
  }
}
