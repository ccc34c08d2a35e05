package dev.lambdaconfig.kube.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests for a page once a list has broken off, and the time between them. */
final class WholeListBodyTest {

  private static final String PAGE = "/apis/a/v1/namespaces/team-a/bs?limit=20";

  private final PageServer server = new PageServer();
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  /** The milliseconds that were to be waited for, and what is to be done then. */
  private final List<Long> delays = new CopyOnWriteArrayList<>();

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

  private final WholeListBody body =
      new WholeListBody(
          whole,
          client,
          () -> HttpRequest.newBuilder(URI.create(server.url() + PAGE)).build(),
          this::delayed);

  private Executor delayed(long millis) {
    delays.add(millis);
    return waiting::add;
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    client.close();
    server.close();
  }

  private CompletableFuture<String> read() {
    BodySubscriber<String> text = BodySubscribers.ofString(UTF_8);
    body.subscribe(text);
    return text.getBody().toCompletableFuture();
  }

  private CompletableFuture<String> readAfterBreakingOff() {
    whole.completeExceptionally(new EOFException("broken off"));
    return read();
  }

  private Runnable waits() throws InterruptedException {
    return requireNonNull(waiting.poll(PageServer.SECONDS, TimeUnit.SECONDS), "nothing waits");
  }

  private static <T> T arrived(CompletableFuture<T> future) throws Exception {
    return future.get(PageServer.SECONDS, TimeUnit.SECONDS);
  }

  /** Another request is sent and answered. */
  private void exchanged(String path) throws Exception {
    CompletableFuture<?> answer =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            BodyHandlers.discarding());
    server.next().answer(200, "{}");
    arrived(answer);
  }

  @Test
  void aListThatArrivesIsReadInThePlaceOfAPage() throws Exception {
    CompletableFuture<String> text = read();

    whole.complete("whole".getBytes(UTF_8));

    assertThat(arrived(text)).isEqualTo("whole");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aRequestForThePageIsRepeatedEightTimesInAMinute() throws Exception {
    // Given
    CompletableFuture<String> text = readAfterBreakingOff();

    // When
    for (int i = 0; i < 7; i++) {
      server.next().answer(503, "starting");
      waits().run();
    }
    server.next().answer(503, "still starting");

    // Then
    assertThatThrownBy(() -> arrived(text))
        .hasCauseInstanceOf(IOException.class)
        .hasStackTraceContaining("was answered with 503");
    long[] longest = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
    assertThat(delays).hasSize(longest.length);
    for (int i = 0; i < longest.length; i++) {
      assertThat(delays.get(i)).isBetween(longest[i] / 2, longest[i]);
    }
    assertThat(server.requests()).hasSize(8).containsOnly("GET " + PAGE);
  }

  @Test
  void aServerThatIsGoneIsAskedAgain() throws Exception {
    // Given
    server.close();
    CompletableFuture<String> text = readAfterBreakingOff();

    // When
    for (int i = 0; i < 7; i++) {
      waits().run();
    }

    // Then
    assertThatThrownBy(() -> arrived(text)).hasCauseInstanceOf(ConnectException.class);
    assertThat(delays).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1000",
    "2, 2000, 2000",
    "0, 500, 1000",
    "-5, 500, 1000",
    "31, 30000, 30000",
    "9000000000000000, 30000, 30000",
    "soon, 500, 1000",
    "1.5, 500, 1000",
    "99999999999999999999, 500, 1000",
    "'Wed, 21 Oct 2026 07:28:00 GMT', 500, 1000"
  })
  void theServerSaysWhenAPageIsRequestedAgain(String after, long least, long most)
      throws Exception {
    // Given
    CompletableFuture<String> text = readAfterBreakingOff();

    // When
    server.next().answer(429, Map.of("Retry-After", after), "busy");

    // Then
    Runnable again = waits();
    assertThat(delays).singleElement().satisfies(delay -> assertThat(delay).isBetween(least, most));
    assertThat(server.requests()).hasSize(1);

    // And when
    again.run();
    server.next().answer(200, "page");

    // Then
    assertThat(arrived(text)).isEqualTo("page");
  }

  @Test
  void theLongestTimeThatAServerCanSayDoesNotKeepThePage() throws Exception {
    CompletableFuture<String> text = readAfterBreakingOff();

    server.next().answer(429, Map.of("Retry-After", "" + Long.MAX_VALUE), "busy");
    waits().run();
    server.next().answer(200, "page");

    assertThat(arrived(text)).isEqualTo("page");
    assertThat(delays).singleElement().satisfies(delay -> assertThat(delay).isBetween(1L, 30_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 410, 422})
  void aPageThatIsRefusedIsNotRequestedAgain(int status) throws Exception {
    CompletableFuture<String> text = readAfterBreakingOff();

    server.next().answer(status, "no");

    assertThatThrownBy(() -> arrived(text)).hasStackTraceContaining("was answered with " + status);
    assertThat(delays).isEmpty();
  }

  @Test
  void whoCancelsWhileARequestWaitsEndsThatOnly() throws Exception {
    // Given
    CompletableFuture<String> text = readAfterBreakingOff();
    server.next().answer(503, "starting");
    Runnable again = waits();

    // When
    body.cancel();
    again.run();

    // Then
    exchanged("/version");
    assertThat(server.requests()).containsExactly("GET " + PAGE, "GET /version");
    assertThat(text).isNotDone();
  }

  @Test
  void whoCancelsTheListEndsItAndRequestsNoPage() throws Exception {
    CompletableFuture<String> text = read();

    body.cancel();

    assertThat(whole).isCancelled();
    exchanged("/version");
    assertThat(server.requests()).containsExactly("GET /version");
    assertThat(text).isNotDone();
  }

  @Test
  void aPageIsReadNoFasterThanItIsAskedFor() throws Exception {
    // Given
    SlowSubscriber slow = new SlowSubscriber();
    body.subscribe(slow);
    whole.completeExceptionally(new EOFException("broken off"));
    assertThat(server.requests()).as("before the body is asked for").isEmpty();

    // When
    slow.ask();
    server.next().answer(200, "p".repeat(200_000));

    // Then: nothing else arrives, while another answer does
    assertThat(slow.next()).isEqualTo("part");
    exchanged("/version");
    assertThat(slow.parts()).isEmpty();

    // And when
    String last;
    do {
      slow.ask();
      last = slow.next();
    } while (last.equals("part"));

    // Then
    assertThat(last).isEqualTo("complete");
  }

  @Test
  void aPageThatBreaksOffBeforeItBeginsIsRequestedAgain() throws Exception {
    // Given
    SlowSubscriber slow = new SlowSubscriber();
    body.subscribe(slow);
    whole.completeExceptionally(new EOFException("broken off"));

    // When: it is asked for one part
    slow.ask();
    server.next().breakOff("");
    waits().run();
    server.next().answer(200, "page");

    // Then
    assertThat(slow.next()).isEqualTo("part");
    assertThat(server.requests()).hasSize(2).containsOnly("GET " + PAGE);
  }

  @Test
  void aPageThatBreaksOffLaterFails() throws Exception {
    CompletableFuture<String> text = readAfterBreakingOff();

    server.next().breakOff("begin");

    assertThatThrownBy(() -> arrived(text)).hasCauseInstanceOf(IOException.class);
    assertThat(delays).isEmpty();
  }
}
