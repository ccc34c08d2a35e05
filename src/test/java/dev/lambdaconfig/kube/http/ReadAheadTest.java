package dev.lambdaconfig.kube.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that were requested before they are asked for, at the level of requests and bytes. */
final class ReadAheadTest {

  private static final String LIST = "/apis/a/v1/namespaces/team-a/bs";
  private static final String OTHER = "/apis/a/v1/namespaces/team-b/bs";

  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final ReadAhead ahead = new ReadAhead(later::add);
  private final PageServer server = new PageServer();
  private final HttpClient client = client(new VirtualThreadClients(ahead, WholeLists.NONE));

  /** A client that repeats nothing by itself. */
  private static HttpClient client(HttpClient.Factory factory) {
    return factory
        .newBuilder()
        .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
        .build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private PageServer.Arrived requested(String page) throws InterruptedException {
    ahead.request(HttpRequest.newBuilder(URI.create(server.url() + page)).build());
    PageServer.Arrived arrived = server.next();
    assertThat(arrived.uri()).hasToString(page);
    return arrived;
  }

  private CompletableFuture<HttpResponse<String>> sent(String method, String page) {
    return client.sendAsync(
        client
            .newHttpRequestBuilder()
            .uri(server.url() + page)
            .method(method, "application/json", method.equals("GET") ? null : "{}")
            .build(),
        String.class);
  }

  private CompletableFuture<HttpResponse<String>> asked(String page) {
    return sent("GET", page);
  }

  private static String body(CompletableFuture<HttpResponse<String>> response) throws Exception {
    return arrived(response).body();
  }

  private static <T> T arrived(CompletableFuture<T> future) throws Exception {
    return future.get(PageServer.SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?limit=500&continue=a%3D", "?continue=a%3D&limit=500", "?continue=a%3D&limit=20"})
  void aPageThatWasRequestedAnswersWhoAsksForIt(String query) throws Exception {
    requested(LIST + "?limit=500&continue=a%3D").answer(200, "second");

    HttpResponse<String> response = arrived(asked(LIST + query));

    assertThat(response.body()).isEqualTo("second");
    assertThat(response.code()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPageThatIsNotReadyIsWaitedFor() throws Exception {
    PageServer.Arrived page = requested(LIST + "?limit=500&continue=a");
    CompletableFuture<HttpResponse<String>> response = asked(LIST + "?limit=500&continue=a");

    page.answer(200, "second");

    assertThat(body(response)).isEqualTo("second");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPageAnswersOneRequestOnly() throws Exception {
    requested(LIST + "?limit=500&continue=a").answer(200, "second");
    assertThat(body(asked(LIST + "?limit=500&continue=a"))).isEqualTo("second");

    CompletableFuture<HttpResponse<String>> again = asked(LIST + "?limit=500&continue=a");
    server.next().answer(200, "anew");

    assertThat(body(again)).isEqualTo("anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=500", "?limit=500&continue=b"})
  void anotherPageOfTheListDropsItAndIsSent(String other) throws Exception {
    // Given
    CompletableFuture<IOException> cut =
        requested(LIST + "?limit=500&continue=a").answerWithoutEnd();

    // When
    CompletableFuture<HttpResponse<String>> response = asked(LIST + other);

    // Then
    PageServer.Arrived request = server.next();
    assertThat(request.uri()).hasToString(LIST + other);
    request.answer(200, "other");
    assertThat(body(response)).isEqualTo("other");
    assertThat(arrived(cut)).isNotNull();
  }

  @Test
  void theNextPageThatIsRequestedDropsIt() throws Exception {
    CompletableFuture<IOException> cut =
        requested(LIST + "?limit=500&continue=a").answerWithoutEnd();

    requested(LIST + "?limit=500&continue=b").answer(200, "third");

    assertThat(arrived(cut)).isNotNull();
    assertThat(body(asked(LIST + "?limit=500&continue=b"))).isEqualTo("third");
  }

  @ParameterizedTest
  @CsvSource({"500, overloaded", "429, later", "410, {\"kind\":\"Status\"}"})
  void aFailureAnswersWhoAsksForThePage(int code, String text) throws Exception {
    requested(LIST + "?limit=500&continue=a").answer(code, text);

    HttpResponse<String> response = arrived(asked(LIST + "?limit=500&continue=a"));

    assertThat(response.code()).isEqualTo(code);
    assertThat(response.bodyString()).isEqualTo(text);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPageThatNobodyAsksForIsDroppedLater() throws Exception {
    // Given
    CompletableFuture<IOException> cut =
        requested(LIST + "?limit=500&continue=a").answerWithoutEnd();
    assertThat(later).hasSize(1);

    // When
    later.remove().run();

    // Then
    assertThat(arrived(cut)).isNotNull();
    CompletableFuture<HttpResponse<String>> response = asked(LIST + "?limit=500&continue=a");
    server.next().answer(200, "anew");
    assertThat(body(response)).isEqualTo("anew");
  }

  @Test
  void theTimeOfAFormerPageIsNotThatOfThisOne() throws Exception {
    requested(LIST + "?limit=500&continue=a").answer(200, "second");
    assertThat(body(asked(LIST + "?limit=500&continue=a"))).isEqualTo("second");
    requested(LIST + "?limit=500&continue=b").answer(200, "third");

    later.remove().run();

    assertThat(body(asked(LIST + "?limit=500&continue=b"))).isEqualTo("third");
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ?continue=a",
    "GET, ''",
    "GET, /name",
    "GET, ?watch=true&resourceVersion=5",
    "POST, ?limit=500&continue=a",
    "PATCH, /name?limit=500",
    "DELETE, ?limit=500&continue=a"
  })
  void requestsForNoPageAreSentAndLeaveIt(String method, String rest) throws Exception {
    // Given
    requested(LIST + "?limit=500&continue=a").answer(200, "second");

    // When
    CompletableFuture<HttpResponse<String>> response = sent(method, LIST + rest);

    // Then
    PageServer.Arrived request = server.next();
    assertThat(request.method() + " " + request.uri()).isEqualTo(method + " " + LIST + rest);
    request.answer(200, "done");
    assertThat(body(response)).isEqualTo("done");
    assertThat(body(asked(LIST + "?limit=500&continue=a"))).isEqualTo("second");
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER + "?", LIST + "?labelSelector=c%3Dd&"})
  void pagesOfTwoListsAreKeptApart(String other) throws Exception {
    requested(LIST + "?limit=500&continue=a").answer(200, "of one");
    requested(other + "limit=500&continue=a").answer(200, "of the other");

    assertThat(body(asked(other + "continue=a&limit=500"))).isEqualTo("of the other");
    assertThat(body(asked(LIST + "?continue=a&limit=500"))).isEqualTo("of one");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void nothingIsRequestedWithoutAClient() {
    Queue<Runnable> none = new ConcurrentLinkedQueue<>();

    new ReadAhead(none::add)
        .request(
            HttpRequest.newBuilder(URI.create(server.url() + LIST + "?limit=500&continue=a"))
                .build());

    assertThat(none).isEmpty();
  }

  @Test
  void theFirstPageIsNotRequested() {
    HttpRequest first =
        HttpRequest.newBuilder(URI.create(server.url() + LIST + "?limit=500")).build();

    assertThatThrownBy(() -> ahead.request(first))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("token");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void eightListsHaveAPageThatWaitsAndTheNinthIsAskedAnew() throws Exception {
    // Given
    for (int i = 0; i < 8; i++) {
      requested("/apis/a/v1/namespaces/team-" + i + "/bs?limit=500&continue=a")
          .answer(200, "ahead");
    }

    // When
    ahead.request(
        HttpRequest.newBuilder(URI.create(server.url() + LIST + "?limit=500&continue=a")).build());

    // Then
    CompletableFuture<HttpResponse<String>> response = asked(LIST + "?limit=500&continue=a");
    server.next().answer(200, "asked");
    assertThat(body(response)).isEqualTo("asked");
    assertThat(server.requests()).hasSize(9);

    // And when
    assertThat(body(asked("/apis/a/v1/namespaces/team-0/bs?limit=500&continue=a")))
        .isEqualTo("ahead");

    // Then
    requested(LIST + "?limit=500&continue=a").answer(200, "ahead again");
  }

  @Test
  void aClientThatIsBuiltLaterRequestsNothing() throws Exception {
    // Given: as the client does that fetches tokens
    HttpClient other = client(new VirtualThreadClients(ahead, WholeLists.NONE));
    other.close();

    // Then
    requested(LIST + "?limit=500&continue=a").answer(200, "second");
    assertThat(body(asked(LIST + "?limit=500&continue=a"))).isEqualTo("second");
  }
}
