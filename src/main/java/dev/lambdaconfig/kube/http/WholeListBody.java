package dev.lambdaconfig.kube.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a first page whose {@linkplain WholeLists list} is read at once: what the client
 * reads in its place, or, where the list breaks off, a page.
 *
 * <p>The head of the answer has been given to the client by then, which repeats no request for a
 * body that fails. So the request for the page is repeated here, until a part of a page has been
 * passed on.
 */
final class WholeListBody implements Publisher<List<ByteBuffer>>, Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(WholeListBody.class);

  private static final int TOO_MANY_REQUESTS = 429;

  private final CompletableFuture<byte[]> whole;
  private final HttpClient client;
  private final Supplier<HttpRequest> pages;
  private final LongFunction<Executor> delayed;

  private final AtomicReference<@Nullable Subscriber<? super List<ByteBuffer>>> reader =
      new AtomicReference<>();

  /** The request for a page, once the list has broken off. */
  private final AtomicReference<@Nullable HttpRequest> page = new AtomicReference<>();

  private final PageRetries retries = new PageRetries();

  /** The request for a page that was sent last. */
  private @Nullable CompletableFuture<?> sent;

  /** The page that is read after the list has broken off. */
  private @Nullable Subscription paging;

  /** The parts that the reader has asked for. */
  private long demand;

  private boolean begun;
  private boolean cancelled;

  /**
   * Creates a body for one reader.
   *
   * @param whole what the client reads in the place of the page
   * @param client sends the request for a page
   * @param pages makes the request for a page, once the list has broken off
   */
  WholeListBody(CompletableFuture<byte[]> whole, HttpClient client, Supplier<HttpRequest> pages) {
    this(
        whole,
        client,
        pages,
        millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  /**
   * Creates a body for one reader.
   *
   * @param delayed runs a task after so many milliseconds
   */
  WholeListBody(
      CompletableFuture<byte[]> whole,
      HttpClient client,
      Supplier<HttpRequest> pages,
      LongFunction<Executor> delayed) {
    this.whole = whole;
    this.client = client;
    this.pages = pages;
    this.delayed = delayed;
  }

  @Override
  public void subscribe(Subscriber<? super List<ByteBuffer>> subscriber) {
    reader.set(subscriber);
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long n) {
    Subscription begunPage;
    boolean isFirst;
    synchronized (this) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      begunPage = paging;
      isFirst = !begun;
      begun = true;
    }
    if (begunPage != null) {
      begunPage.request(n);
    }
    if (isFirst) {
      var unused = whole.whenComplete(this::ended);
    }
  }

  @Override
  public void cancel() {
    Subscription begunPage;
    CompletableFuture<?> waiting;
    synchronized (this) {
      cancelled = true;
      begunPage = paging;
      waiting = sent;
    }
    whole.cancel(true);
    if (waiting != null) {
      waiting.cancel(true);
    }
    if (begunPage != null) {
      begunPage.cancel();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private void ended(byte @Nullable [] read, @Nullable Throwable failure) {
    if (isCancelled()) {
      return;
    }
    if (read != null) {
      reader().onNext(List.of(ByteBuffer.wrap(read)));
      reader().onComplete();
      return;
    }
    page.set(pages.get());
    LOG.atInfo()
        .addKeyValue("path", page().uri().getPath())
        .addKeyValue("reason", String.valueOf(failure))
        .log("a list of all resources broke off, and is read in pages");
    requestPage();
  }

  private void requestPage() {
    if (isCancelled()) {
      return;
    }
    CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> answered;
    try {
      answered = client.sendAsync(page(), BodyHandlers.ofPublisher());
    } catch (RuntimeException e) {
      // As a client does that is being closed.
      reader().onError(e);
      return;
    }
    boolean isLate;
    synchronized (this) {
      sent = answered;
      isLate = cancelled;
    }
    if (isLate) {
      CancellingSubscriber.drop(answered);
    } else {
      var unused = answered.whenComplete(this::answered);
    }
  }

  private void answered(
      @Nullable HttpResponse<Publisher<List<ByteBuffer>>> answer, @Nullable Throwable failure) {
    if (answer == null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : requireNonNull(failure);
      again(cause, Duration.ZERO);
      return;
    }
    int status = answer.statusCode();
    if (status == HttpURLConnection.HTTP_OK) {
      answer.body().subscribe(new Page());
      return;
    }
    answer.body().subscribe(new CancellingSubscriber());
    IOException refused =
        new IOException(
            "a list broke off, and the request for its first page was answered with " + status);
    if (status == TOO_MANY_REQUESTS || status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      again(refused, PageRetries.retryAfter(answer));
    } else {
      reader().onError(refused);
    }
  }

  /** Requests the page once more, if that can help, and at the earliest after some time. */
  private void again(Throwable failure, Duration earliest) {
    if (isCancelled()) {
      return;
    }
    Duration delay = client.isTerminated() ? null : retries.after(failure, earliest);
    if (delay == null) {
      reader().onError(failure);
      return;
    }
    LOG.atInfo()
        .addKeyValue("path", page().uri().getPath())
        .addKeyValue("reason", String.valueOf(failure))
        .addKeyValue("delayMillis", delay.toMillis())
        .log("the first page of a list that broke off is requested again");
    delayed.apply(delay.toMillis()).execute(this::requestPage);
  }

  private HttpRequest page() {
    return requireNonNull(page.get(), "a request for a page");
  }

  private Subscriber<? super List<ByteBuffer>> reader() {
    return requireNonNull(reader.get(), "a reader");
  }

  /** Passes a page on. */
  private final class Page implements Subscriber<List<ByteBuffer>> {

    private boolean hasPassedOn;

    /** All that the reader has asked for is asked of this page: no other has passed on a part. */
    @Override
    public void onSubscribe(Subscription made) {
      long parts;
      synchronized (WholeListBody.this) {
        paging = made;
        parts = cancelled ? 0 : demand;
      }
      if (parts == 0) {
        made.cancel();
      } else {
        made.request(parts);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      hasPassedOn = true;
      reader().onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      if (hasPassedOn) {
        reader().onError(failure);
        return;
      }
      synchronized (WholeListBody.this) {
        paging = null;
      }
      again(failure, Duration.ZERO);
    }

    @Override
    public void onComplete() {
      reader().onComplete();
    }
  }
}
