package dev.lambdaconfig.kube.http;

import static java.util.Objects.requireNonNull;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pages of lists that are requested before the client asks for them, so that the API server
 * prepares a page while what has arrived of the one before it is read and stored. There is one at
 * most for each list. It arrives as far as the window of its stream allows ({@code
 * jdk.httpclient.windowsize}, 512 KB in {@code jvm.options} and 16 MB by default; with HTTP/1.1 the
 * buffer of the socket), and waits there. Thread-safe.
 *
 * <p>An answer is given to the request that asks for the same page, whatever it is: a failure is
 * handled as if that request had failed. Another request for the same list drops it.
 */
public final class ReadAhead {

  /** A page that nobody has asked for yet. */
  private record Page(
      long number,
      String token,
      CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> answer) {

    void drop() {
      CancellingSubscriber.drop(answer);
    }
  }

  /** The pages that nobody has asked for yet, about: each takes a stream of the connection. */
  private static final int MOST = 8;

  private final Executor later;

  /** The client that sends the requests, which can be collected once nobody else refers to it. */
  private final AtomicReference<@Nullable WeakReference<HttpClient>> client =
      new AtomicReference<>();

  private final AtomicLong numbers = new AtomicLong();

  /** The pages by their list. */
  private final Map<URI, Page> pages = new ConcurrentHashMap<>();

  /**
   * Creates a place without pages.
   *
   * @param later runs a task so late that nobody asks any more for a page that was requested
   */
  public ReadAhead(Executor later) {
    this.later = later;
  }

  /**
   * Requests a page, unless too many wait to be asked for. Nothing happens without a client.
   *
   * @throws NullPointerException if the request is for no page after another one
   */
  public void request(HttpRequest page) {
    PageUri uri = requireNonNull(PageUri.of(page.uri()), "a page");
    URI list = uri.list();
    String token = requireNonNull(uri.token(), "the token of a page");
    HttpClient connected = clientOf(client.get());
    if (connected == null || (pages.size() >= MOST && !pages.containsKey(list))) {
      return;
    }
    long number = numbers.incrementAndGet();
    Page former =
        pages.put(
            list, new Page(number, token, connected.sendAsync(page, BodyHandlers.ofPublisher())));
    // What waits for that time holds nothing of the answer.
    later.execute(() -> expire(list, number));
    if (former != null) {
      former.drop();
    }
  }

  private void expire(URI list, long number) {
    Page page = pages.get(list);
    if (page != null && page.number() == number && pages.remove(list, page)) {
      page.drop();
    }
  }

  /** Connects the client that sends the requests: the first one, not one that fetches tokens. */
  void connect(HttpClient connected) {
    client.updateAndGet(
        before -> clientOf(before) == null ? new WeakReference<>(connected) : before);
  }

  private static @Nullable HttpClient clientOf(@Nullable WeakReference<HttpClient> reference) {
    return reference == null ? null : reference.get();
  }

  /** Takes the answer to a request for a page, or null. */
  @Nullable CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> take(PageUri asked) {
    Page page = pages.remove(asked.list());
    if (page == null) {
      return null;
    }
    if (!page.token().equals(asked.token())) {
      page.drop();
      return null;
    }
    return page.answer();
  }
}
