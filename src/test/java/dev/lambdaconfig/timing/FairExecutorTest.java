package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The order in which tasks of several namespaces are executed. */
final class FairExecutorTest {

  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final FairExecutor executor = new FairExecutor(started::add, 4);

  private void execute(String namespace, int tasks) {
    for (int number = 0; number < tasks; number++) {
      String task = namespace + number;
      executor.execute(namespace, () -> done.add(task));
    }
  }

  private void runOne() {
    Objects.requireNonNull(started.poll()).run();
  }

  private void runAll() {
    while (!started.isEmpty()) {
      runOne();
    }
  }

  @Test
  void oneNamespaceHasHalfOfThePlaces() {
    execute("a", 100);

    assertThat(started).hasSize(2);
  }

  @Test
  void aTaskOfAnotherNamespaceStartsAtOnce() {
    execute("a", 100);
    execute("b", 1);

    assertThat(started).hasSize(3);
  }

  @Test
  void namespacesTakeTurns() {
    // Given
    execute("a", 100);
    execute("b", 100);
    execute("c", 2);

    // When
    for (int turn = 0; turn < 12; turn++) {
      runOne();
    }

    // Then
    assertThat(done).contains("c0", "c1").hasSize(12);
    assertThat(done.stream().filter(task -> task.startsWith("a")).count()).isBetween(4L, 6L);
    assertThat(done.stream().filter(task -> task.startsWith("b")).count()).isBetween(4L, 6L);
  }

  @Test
  void eachTaskIsExecutedOnceAndThoseOfANamespaceInTheirOrder() {
    execute("a", 50);
    execute("b", 3);
    runAll();

    assertThat(done).hasSize(53).doesNotHaveDuplicates();
    assertThat(done.stream().filter(task -> task.startsWith("b")))
        .containsExactly("b0", "b1", "b2");
  }

  @Test
  void aTaskThatFailsGivesItsPlaceBack() {
    // Given
    executor.execute(
        "a",
        () -> {
          throw new IllegalStateException("one");
        });
    execute("a", 2);

    // When
    assertThatThrownBy(this::runOne).isInstanceOf(IllegalStateException.class);
    runAll();

    // Then
    assertThat(done).containsExactly("a0", "a1");
  }

  @Test
  void aTaskThatIsRejectedTakesNoPlace() {
    // Given
    List<Runnable> accepted = new ArrayList<>();
    boolean[] closed = {true};
    FairExecutor closing =
        new FairExecutor(
            task -> {
              if (closed[0]) {
                throw new RejectedExecutionException("closed");
              }
              accepted.add(task);
            },
            2);

    // When
    for (int number = 0; number < 3; number++) {
      assertThatThrownBy(() -> closing.execute("a", () -> {}))
          .isInstanceOf(RejectedExecutionException.class);
    }
    closed[0] = false;
    closing.execute("a", () -> {});

    // Then
    assertThat(accepted).hasSize(1);
  }

  @Test
  void manyThreadsLoseNoTask() throws InterruptedException {
    // Given
    int tasks = 4000;
    CountDownLatch left = new CountDownLatch(tasks);
    List<String> finished = Collections.synchronizedList(new ArrayList<>());

    try (ExecutorService threads = Executors.newFixedThreadPool(4);
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      FairExecutor fair = new FairExecutor(threads, 4);

      // When
      for (int number = 0; number < tasks; number++) {
        String task = String.valueOf(number);
        callers.execute(
            () ->
                fair.execute(
                    "n" + task.length(),
                    () -> {
                      finished.add(task);
                      left.countDown();
                    }));
      }

      // Then
      assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(finished).hasSize(tasks).doesNotHaveDuplicates();
  }
}
