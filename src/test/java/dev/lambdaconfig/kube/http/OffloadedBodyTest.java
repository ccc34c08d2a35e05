package dev.lambdaconfig.kube.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OffloadedBodyTest {

  /** The thread that reads the connection. */
  private static final class Connection implements Subscription {
    private boolean cancelled;

    @Override
    public void request(long parts) {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** A body that remembers what it was given, and in which threads. */
  private static final class Recorded implements BodySubscriber<String> {
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private void signal(String signal) {
      signals.add(signal);
      threads.add(Thread.currentThread().getName());
    }

    @Override
    public CompletionStage<String> getBody() {
      return ended;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      String text = UTF_8.decode(part.getFirst().duplicate()).toString();
      signal(text);
      if (text.equals("bad")) {
        throw new IllegalStateException("cannot be read");
      }
    }

    @Override
    public void onError(Throwable failure) {
      signal("failed: " + failure.getMessage());
      ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      signal("complete");
      ended.complete("whole");
    }
  }

  private final Connection connection = new Connection();
  private final Recorded recorded = new Recorded();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private OffloadedBody<String> offloaded(Executor executor) {
    OffloadedBody<String> body = new OffloadedBody<>(recorded, executor);
    body.onSubscribe(connection);
    return body;
  }

  private static List<ByteBuffer> part(String text) {
    return List.of(UTF_8.encode(text));
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void aBodyIsReadInOrderInTheGivenThreads() throws Exception {
    // Given
    List<String> parts = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(4, Thread.ofPlatform().name("reader").factory())) {
      OffloadedBody<String> body = offloaded(threads);

      // When
      parts.forEach(each -> body.onNext(part(each)));
      body.onComplete();

      // Then
      assertThat(body.getBody().toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo("whole");
    }
    assertThat(recorded.signals)
        .containsExactlyElementsOf(Stream.concat(parts.stream(), Stream.of("complete")).toList());
    assertThat(recorded.threads).containsOnly("reader");
    assertThat(connection.cancelled).isFalse();
  }

  @Test
  void whoReadsTheConnectionDoesNotWait() {
    OffloadedBody<String> body = offloaded(tasks::add);

    body.onNext(part("a"));
    body.onError(new IOException("reset"));

    assertThat(recorded.signals).isEmpty();
    runTasks();
    assertThat(recorded.signals).containsExactly("a", "failed: reset");
  }

  @Test
  void aBodyThatCannotBeReadFailsOnceAndIsCancelled() {
    // Given
    OffloadedBody<String> body = offloaded(tasks::add);

    // When
    for (String each : List.of("good", "bad", "after")) {
      body.onNext(part(each));
    }
    runTasks();
    body.onNext(part("late"));
    body.onError(new IOException("reset"));
    body.onComplete();
    runTasks();

    // Then
    assertThat(recorded.signals).containsExactly("good", "bad", "failed: cannot be read");
    assertThat(connection.cancelled).isTrue();
    assertThat(recorded.ended).isCompletedExceptionally();
  }

  @Test
  void aBodyThatNobodyReadsAnyMoreFailsOnce() {
    // Given
    OffloadedBody<String> body = offloaded(OffloadedBodyTest::refuse);

    // When
    body.onNext(part("a"));
    body.onNext(part("b"));
    body.onComplete();

    // Then
    assertThat(recorded.signals).containsExactly("failed: closed");
    assertThat(connection.cancelled).isTrue();
  }

  @Test
  void aBodyThatNobodyReadsToItsEndFailsOnce() {
    // Given
    Executor first = task -> (tasks.size() < 1 ? (Executor) tasks::add : REFUSING).execute(task);
    OffloadedBody<String> body = offloaded(first);

    // When
    body.onNext(part("a"));
    body.onNext(part("b"));
    body.onComplete();
    // Then the next one is refused while this one runs.
    requireNonNull(tasks.peek()).run();

    // Then
    assertThat(recorded.signals).containsExactly("a", "failed: closed");
    assertThat(connection.cancelled).isTrue();
  }

  private static final Executor REFUSING = OffloadedBodyTest::refuse;

  private static void refuse(Runnable task) {
    throw new RejectedExecutionException("closed");
  }
}
