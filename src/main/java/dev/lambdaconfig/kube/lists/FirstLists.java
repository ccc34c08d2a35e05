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

  /** The time for the head of a list, or half of the timeout of its page, if that is shorter. */
  static final Duration LONGEST_HEAD = Duration.ofSeconds(3);

  /** An API server ends a request after a minute. */
  static final Duration LONGEST = Duration.ofSeconds(45);

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
        all, () -> shortPage(request, page), readers.get(), longestHead(request), longest);
  }

  private HttpRequest shortPage(HttpRequest request, PageUri page) {
    String path = page.uri().getPath();
    lengths.shorten(path);
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .uri(page.withLimit(lengths.longest(path)).uri())
        .build();
  }

  /**
   * The client (Fabric8 7.7.0) gives up for good after its timeout and 5 s, or after twice its
   * timeout, whichever is shorter: by then, the request for the page must have failed, too, if
   * nobody answers.
   */
  private Duration longestHead(HttpRequest request) {
    return request
        .timeout()
        .map(timeout -> timeout.dividedBy(2))
        .filter(half -> half.compareTo(longestHead) < 0)
        .orElse(longestHead);
  }
}
