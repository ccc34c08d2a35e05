package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.InterceptedAnswer;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.impl.BaseClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are lists that are read as they arrive, and how long their pages are. */
final class StreamedListsTest {

  private static final HttpRequest PAGE =
      ListRequests.get("?continue=abc%3D&limit=500&labelSelector=a%3Db");

  private static final Interceptor.RequestTags NO_TAGS =
      new Interceptor.RequestTags() {
        @Override
        public <T> T getTag(Class<T> type) {
          throw new IllegalStateException();
        }
      };

  /** A list that is longer than any page. */
  private static final HttpRequest ALL = ListRequests.get("?limit=100000");

  private static final HttpRequest REST_OF_ALL = ListRequests.get("?continue=abc&limit=100000");

  private final StreamedLists lists = new StreamedLists(Runnable::run, Runnable::run);

  private boolean isRead(HttpRequest request) {
    AsyncBody.Consumer<List<ByteBuffer>> consumer = (parts, body) -> {};
    return lists.consumer(consumer, request) != consumer;
  }

  @Test
  void eventsAreHandledOnVirtualThreads() throws Exception {
    CompletableFuture<Thread> task = new CompletableFuture<>();
    try (var client = lists.builder(http -> {}).withConfig(Config.empty()).build()) {
      client
          .adapt(BaseClient.class)
          .getExecutor()
          .execute(() -> task.complete(Thread.currentThread()));

      assertThat(task.get(10, TimeUnit.SECONDS).isVirtual()).isEqualTo(WaitingThreads.areVirtual());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=500", "?continue=a&limit=500", "?limit=500&labelSelector=a"})
  void pagesOfListsAreRead(String query) {
    assertThat(isRead(ListRequests.get(query))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?fieldSelector=metadata.name%3Da",
        "?unlimit=500",
        "/limit?limit=500",
        "/a/status?limit=500"
      })
  void otherReadsAreNot(String rest) {
    assertThat(isRead(ListRequests.get(rest))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?watch=true&timeoutSeconds=600", "?limit=500&watch=true"})
  void watchesAreReadInAscii(String query) {
    assertThat(lists.consumer((parts, body) -> {}, ListRequests.get(query)))
        .isInstanceOf(AsciiBody.class);
  }

  @Test
  void writesAreNot() {
    assertThat(isRead(ListRequests.request("POST", "?limit=500"))).isFalse();
    assertThat(isRead(ListRequests.request("DELETE", "?limit=500"))).isFalse();
  }

  @Test
  void pagesGrowFromTheFirstOneUntilTheyAreAsLongAsWanted() throws Exception {
    assertThat(sent()).contains("limit=100&");
    arrives(100, 3_000);
    assertThat(sent()).contains("limit=200&");
    arrives(200, 3_000);
    arrives(400, 3_000);

    assertThat(sent()).isEqualTo(PAGE.uri().toString());
  }

  @Test
  void afterAFailurePagesAreShort() {
    lists.afterConnectionFailure(PAGE, new TimeoutException());

    assertThat(sent()).isEqualTo(PAGE.uri().toString().replace("limit=500", "limit=20"));
  }

  @Test
  void failuresOfOtherRequestsDoNotMatter() {
    lists.afterConnectionFailure(ListRequests.get("?watch=true"), new TimeoutException());

    assertThat(sent()).contains("limit=100&");
  }

  @Test
  void afterPagesOfLargeResourcesPagesAreShorter() throws Exception {
    arrives(64, 1_000_000);

    assertThat(sent()).contains("limit=31&");
  }

  @Test
  void pagesStayShortWhileResourcesAreLargeAndGrowAgainByStepsAfterwards() throws Exception {
    arrives(40, 1_500_000);
    assertThat(sent()).contains("limit=21&");
    arrives(21, 1_500_000);
    assertThat(sent()).contains("limit=21&");

    arrives(21, 3_000);

    assertThat(sent()).contains("limit=42&");
  }

  @Test
  void aShortLastPageMakesNoOtherShorter() throws Exception {
    arrives(100, 3_000);
    arrives(3, 3_000);

    assertThat(sent()).contains("limit=200&");
  }

  @Test
  void afterAnAnswerThatBreaksOffPagesAreShort() throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AsyncBody.Consumer<List<ByteBuffer>> body = lists.consumer((parts, rest) -> {}, PAGE);
    arrives(body, "{\"items\":[", done);

    done.completeExceptionally(new IOException("reset"));

    assertThat(sent()).contains("limit=20&");
  }

  @Test
  void aShortPageStaysShort() {
    lists.afterConnectionFailure(PAGE, new TimeoutException());

    assertThat(sent(ListRequests.get("?limit=1"))).endsWith("?limit=1");
  }

  @Test
  void afterAFailurePagesGrowTo500AtMost() throws Exception {
    // When
    lists.afterConnectionFailure(ALL, new TimeoutException());

    // Then
    assertThat(sent(ALL)).endsWith("?limit=20");
    assertThat(sent(REST_OF_ALL)).endsWith("limit=20");
    for (int[] step : new int[][] {{20, 40}, {40, 80}, {80, 160}, {160, 320}, {320, 500}}) {
      arrives(REST_OF_ALL, step[0], 300);
      assertThat(sent(ALL)).endsWith("?limit=" + step[1]);
      assertThat(sent(REST_OF_ALL)).endsWith("limit=" + step[1]);
    }
    arrives(ALL, 500, 300);
    assertThat(sent(ALL)).endsWith("?limit=500");
  }

  @ParameterizedTest
  @CsvSource({"500, 20", "503, 20", "504, 20", "410, 100", "403, 100", "429, 100"})
  void pagesAreShortOnceTheServerFails(int code, int limit) throws Exception {
    boolean again =
        lists
            .afterFailure(
                ((StandardHttpRequest) ALL).newBuilder(), new InterceptedAnswer(ALL, code), NO_TAGS)
            .get(10, TimeUnit.SECONDS);

    assertThat(again).isFalse();
    assertThat(sent(ALL)).endsWith("?limit=" + limit);
  }

  @Test
  void pagesGrowTo500AtMost() throws Exception {
    assertThat(sent(ALL)).endsWith("?limit=100");
    for (int[] step : new int[][] {{100, 200}, {200, 400}, {400, 500}, {500, 500}}) {
      arrives(ALL, step[0], 300);
      assertThat(sent(ALL)).endsWith("?limit=" + step[1]);
    }
    assertThat(sent(REST_OF_ALL)).endsWith("limit=500");
  }

  private String sent() {
    return sent(PAGE);
  }

  private String sent(HttpRequest request) {
    StandardHttpRequest.Builder builder = ((StandardHttpRequest) request).newBuilder();
    lists.before(builder, request, NO_TAGS);
    return builder.build().uri().toString();
  }

  /** Answers with so many items of so many bytes. */
  private void arrives(int items, int bytes) throws Exception {
    arrives(PAGE, items, bytes);
  }

  private void arrives(HttpRequest request, int items, int bytes) throws Exception {
    AsyncBody.Consumer<List<ByteBuffer>> body = lists.consumer((parts, rest) -> {}, request);
    String frame = "{\"metadata\":{\"labels\":{\"a\":\"\"}}}";
    String item = frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length() - 1) + "\"");
    arrives(body, "{\"items\":[");
    for (int i = 0; i < items; i++) {
      arrives(body, (i == 0 ? "" : ",") + item);
    }
    arrives(body, "]}");
  }

  private static void arrives(AsyncBody.Consumer<List<ByteBuffer>> body, String text)
      throws Exception {
    arrives(body, text, new CompletableFuture<>());
  }

  private static void arrives(
      AsyncBody.Consumer<List<ByteBuffer>> body, String text, CompletableFuture<Void> done)
      throws Exception {
    body.consume(
        List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
        new AsyncBody() {
          @Override
          public void consume() {}

          @Override
          public CompletableFuture<Void> done() {
            return done;
          }

          @Override
          public void cancel() {}
        });
  }
}
