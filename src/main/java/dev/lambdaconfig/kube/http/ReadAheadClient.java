package dev.lambdaconfig.kube.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that answers with {@linkplain WholeLists whole lists} and with pages that were
 * {@linkplain ReadAhead requested before}, and does not read them in the thread that reads the
 * connection.
 */
final class ReadAheadClient extends HttpClient {

  private final HttpClient client;
  private final ReadAhead ahead;
  private final WholeLists lists;

  /** Creates a client that sends all other requests by another one. */
  ReadAheadClient(HttpClient client, ReadAhead ahead, WholeLists lists) {
    this.client = client;
    this.ahead = ahead;
    this.lists = lists;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    PageUri page = request.method().equals("GET") ? PageUri.of(request.uri()) : null;
    if (page == null) {
      return client.sendAsync(request, handler);
    }
    BodyHandler<T> offloading = answer -> new OffloadedBody<>(handler.apply(answer), threads());
    WholeLists.Whole whole = lists.instead(request, page);
    if (whole != null) {
      return new WholeListCall(client, threads()).send(whole, request, offloading);
    }
    CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> arriving = ahead.take(page);
    return arriving == null
        ? client.sendAsync(request, offloading)
        : arriving.thenCompose(
            head -> ArrivedResponse.deliver(head, head.body(), request, offloading));
  }

  private Executor threads() {
    return client.executor().orElseGet(ForkJoinPool::commonPool);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return client.sendAsync(request, handler, pushes);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public void shutdownNow() {
    client.shutdownNow();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return client.awaitTermination(duration);
  }

  @Override
  public boolean isTerminated() {
    return client.isTerminated();
  }

  @Override
  public void close() {
    client.close();
  }
}
