package dev.lambdaconfig.kube.http;

import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a list at once, in the place of the first page that the client has asked for.
 *
 * @param client sends the requests
 * @param threads read the list
 */
record WholeListCall(HttpClient client, Executor threads) {

  private static final Logger LOG = LoggerFactory.getLogger(WholeListCall.class);

  /** Reads a list; where that does not even begin, sends the client's own request for a page. */
  <T> CompletableFuture<HttpResponse<T>> send(
      WholeLists.Whole whole, HttpRequest own, BodyHandler<T> handler) {
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> sent =
        client.sendAsync(whole.request(), BodyHandlers.ofPublisher());
    return sent.copy()
        .orTimeout(whole.longestHead().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (head, failure) -> {
              if (head != null && head.statusCode() == HttpURLConnection.HTTP_OK) {
                return read(head, whole, own, handler);
              }
              logRefusal(own, head, failure);
              CancellingSubscriber.drop(sent);
              Duration spent = Duration.ofNanos(System.nanoTime() - began);
              return client.sendAsync(whole.ownAfter().apply(spent), handler);
            })
        .thenCompose(Function.identity());
  }

  private <T> CompletionStage<HttpResponse<T>> read(
      HttpResponse<Publisher<List<ByteBuffer>>> head,
      WholeLists.Whole whole,
      HttpRequest own,
      BodyHandler<T> handler) {
    CompletableFuture<byte[]> read =
        whole
            .body()
            .getBody()
            .toCompletableFuture()
            .orTimeout(whole.longest().toMillis(), TimeUnit.MILLISECONDS);
    head.body().subscribe(new OffloadedBody<>(whole.body(), threads));
    return ArrivedResponse.deliver(
        head, new WholeListBody(read, client, whole.page()), own, handler);
  }

  private static void logRefusal(
      HttpRequest own, @Nullable HttpResponse<?> head, @Nullable Throwable failure) {
    LOG.atInfo()
        .addKeyValue("path", own.uri().getPath())
        .addKeyValue("reason", head == null ? String.valueOf(failure) : head.statusCode())
        .log("the resources cannot be listed at once, and are read in pages");
  }
}
