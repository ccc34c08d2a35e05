package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The order in which keys become due, and that each is due once. */
final class DelayingQueueTest {

  private long now;
  private final DelayingQueue<String> queue = new DelayingQueue<>(() -> now);

  @Test
  void anotherTimeTakesThePlaceOfTheFirst() throws InterruptedException {
    // Given
    queue.put("a", 10);
    queue.put("b", 20);

    // When
    queue.put("a", 30);
    now = 30;

    // Then
    assertThat(queue.take()).isEqualTo("b");
    assertThat(queue.take()).isEqualTo("a");
    assertThat(queue.size()).isZero();
  }

  @Test
  void anEarlierTimeStaysWhereALaterOneWillDo() throws InterruptedException {
    // Given
    queue.put("a", 10);

    // When
    queue.putAtTheLatest("a", 12);
    queue.putAtTheLatest("b", 11);
    queue.putAtTheLatest("b", 9);
    now = 10;

    // Then
    assertThat(queue.take()).isEqualTo("b");
    assertThat(queue.take()).isEqualTo("a");
    assertThat(queue.size()).isZero();
  }

  @Test
  void aClockThatOverflowsKeepsTheOrder() throws InterruptedException {
    // Given
    now = Long.MAX_VALUE - 5;
    queue.put("after", now + 10);
    queue.put("before", now + 5);

    // When
    now += 10;

    // Then
    assertThat(queue.take()).isEqualTo("before");
    assertThat(queue.take()).isEqualTo("after");
  }

  @Test
  void whoeverWaitsIsToldOfAnEarlierTime() throws Exception {
    // Given: a real clock, because the wait is real
    DelayingQueue<String> real = new DelayingQueue<>(System::nanoTime);
    CompletableFuture<String> taken = new CompletableFuture<>();
    Thread taker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    taken.complete(real.take());
                  } catch (InterruptedException e) {
                    taken.completeExceptionally(e);
                  }
                });

    // When
    real.put("late", System.nanoTime() + TimeUnit.HOURS.toNanos(1));
    real.put("soon", System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));

    // Then
    assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo("soon");
    taker.join();
  }

  @Test
  void anyOrderOfChangesLeavesTheOrderOfTimes() throws InterruptedException {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Long> expected = new HashMap<>();

    // When
    for (int i = 0; i < 20_000; i++) {
      String key = "key-" + random.nextInt(500);
      long due = random.nextInt(1_000_000);
      switch (random.nextInt(4)) {
        case 0 -> {
          queue.remove(key);
          expected.remove(key);
        }
        case 1 -> {
          queue.putAtTheLatest(key, due);
          expected.merge(key, due, Math::min);
        }
        default -> {
          queue.put(key, due);
          expected.put(key, due);
        }
      }
    }

    // Then
    now = 1_000_000;
    List<Long> times = new ArrayList<>();
    int size = queue.size();
    for (int i = 0; i < size; i++) {
      times.add(expected.remove(queue.take()));
    }
    assertThat(expected).isEmpty();
    assertThat(times).isSortedAccordingTo(Comparator.naturalOrder());
  }
}
