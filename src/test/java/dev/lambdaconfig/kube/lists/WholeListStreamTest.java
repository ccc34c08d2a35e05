package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.names;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are read at once by HTTP/2, of which the connection goes on when a stream ends. */
final class WholeListStreamTest {

  private static final String FIRST = list("\"continue\":\"second\",", "a", "b");
  private static final String ALL = list("", "a", "b", "c");
  private static final Duration SHORT = Duration.ofMillis(300);

  /** A budget for a head in which the request is sent for sure. */
  private static final Duration HEAD = Duration.ofSeconds(2);

  /** By HTTP/2, that an internal error has ended a stream, or that nobody wants it any more. */
  private static final long INTERNAL_ERROR = 2;

  private static final long CANCEL = 8;

  /**
   * A request.
   *
   * @param reset completes with the reason if the client resets its stream
   */
  private record Arrived(HttpServerRequest request, CompletableFuture<Long> reset) {}

  private final BlockingQueue<Arrived> waiting = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);

  @AfterEach
  void close() throws Exception {
    arrived(vertx.close().toCompletionStage().toCompletableFuture());
  }

  private void serve(HttpServerRequest request) {
    CompletableFuture<Long> reset = new CompletableFuture<>();
    request
        .response()
        .exceptionHandler(
            failure -> {
              if (failure instanceof StreamResetException by) {
                reset.complete(by.getCode());
              }
            });
    waiting.add(new Arrived(request, reset));
  }

  private String url() throws Exception {
    arrived(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture());
    return "http://127.0.0.1:" + server.actualPort();
  }

  private Arrived next() throws InterruptedException {
    return requireNonNull(
        waiting.poll(PageServer.SECONDS, TimeUnit.SECONDS), "no request has arrived");
  }

  private static void begin(Arrived arrived, String body) throws Exception {
    arrived(
        arrived
            .request()
            .response()
            .setChunked(true)
            .write(body)
            .toCompletionStage()
            .toCompletableFuture());
  }

  /** Answers the request for the first page, which has come by the same connection. */
  private HttpServerRequest answersPage(Arrived whole) throws Exception {
    HttpServerRequest page = next().request();
    assertThat(page.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(page.connection()).isSameAs(whole.request().connection());
    page.response().end(FIRST);
    return page;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 150, 250})
  void aListWhoseStreamIsResetIsReadInPages(int after) throws Exception {
    // Given
    try (var client = ListingClient.atOnce(url())) {
      var first = client.listed("team-a");
      Arrived whole = next();
      begin(whole, ALL.substring(0, after));

      // When
      whole.request().response().reset(INTERNAL_ERROR);

      // Then
      answersPage(whole);
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(client.kept()).isZero();
    }
  }

  @Test
  void aListThatStallsIsReset() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(url(), ListingClient.AMPLE, SHORT)) {
      var first = client.listed("team-a");
      Arrived whole = next();

      // When
      begin(whole, ALL.substring(0, 150));

      // Then
      assertThat(arrived(whole.reset())).isEqualTo(CANCEL);
      assertThat(answersPage(whole).query()).isEqualTo("limit=20");
      assertThat(names(first)).containsExactly("a", "b");
    }
  }

  @Test
  void aListWhoseHeadDoesNotComeIsReset() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(url(), HEAD, ListingClient.AMPLE)) {
      CompletableFuture<String> version = client.raw("/version");
      next().request().response().end("{}");
      arrived(version);

      // When
      var first = client.listed("team-a");
      Arrived whole = next();

      // Then
      assertThat(arrived(whole.reset())).isEqualTo(CANCEL);
      assertThat(answersPage(whole).query()).isEqualTo("limit=100");
      assertThat(names(first)).containsExactly("a", "b");
    }
  }

  @Test
  void aRequestForAPageThatIsCancelledIsReset() throws Exception {
    // Given
    String url = url();
    try (var client = ListingClient.atOnce(url)) {
      HttpClient http = client.client().getHttpClient();
      CompletableFuture<HttpResponse<AsyncBody>> response =
          http.consumeBytes(
              http.newHttpRequestBuilder()
                  .uri(url + ListingClient.path("team-a") + "?limit=500")
                  .build(),
              (part, body) -> body.consume());
      Arrived whole = next();
      begin(whole, ALL.substring(0, 150));
      AsyncBody body = arrived(response).body();
      body.consume();
      whole.request().response().reset(INTERNAL_ERROR);
      Arrived page = next();
      // And: the client has gone on since it sent that request
      CompletableFuture<String> other = client.raw("/version");
      next().request().response().end("{}");
      arrived(other);

      // When
      body.cancel();

      // Then
      assertThat(page.request().query()).isEqualTo("limit=20");
      assertThat(arrived(page.reset())).isEqualTo(CANCEL);
    }
  }
}
