package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which reads of a source serve others. */
final class SharedReadsTest {

  private static final NamespacedSource DB = new NamespacedSource("team-a", SourceKey.secret("db"));

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger requests = new AtomicInteger();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final SharedReads reads = new SharedReads(timer, now::get, Duration.ofMinutes(1));

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void fiveHundredReadersAtOnceMakeOneRequest() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<ValueSource>> all =
          IntStream.range(0, 500)
              .mapToObj(
                  number ->
                      CompletableFuture.supplyAsync(
                          () ->
                              reads.get(
                                  DB,
                                  0,
                                  () -> {
                                    requests.incrementAndGet();
                                    await(answer);
                                    return value(10);
                                  }),
                          threads))
              .toList();
      answer.countDown();

      assertThat(all.stream().map(CompletableFuture::join))
          .hasSize(500)
          .allMatch(value(10)::equals);
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void aReadServesForFiveSecondsAndIsDroppedThen() {
    read(DB, 0, 10);
    now.addAndGet(SharedReads.KEPT.toNanos() - 1);
    reads.dropOld();
    read(DB, 0, 10);
    assertThat(requests).hasValue(1);

    now.addAndGet(1);
    reads.dropOld();
    assertThat(size()).isZero();
    read(DB, 0, 10);
    assertThat(requests).hasValue(2);
  }

  @Test
  void aReadFromBeforeAChangeServesNobodyAfterIt() {
    read(DB, 0, 10);
    read(DB, 1, 10);
    assertThat(requests).hasValue(2);

    reads.forget(DB);
    read(DB, 1, 10);
    assertThat(requests).hasValue(3);
  }

  @Test
  void aReadThatFailsServesNobody() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                reads.get(
                    DB,
                    0,
                    () -> {
                      throw new IllegalStateException("busy");
                    }))
        .withMessage("busy");

    assertThat(size()).isZero();
    read(DB, 0, 10);
    assertThat(requests).hasValue(1);
  }

  @Test
  void nobodyWaitsForEverForTheReadOfAnother() {
    SharedReads impatient = new SharedReads(timer, now::get, Duration.ofMillis(1));

    ValueSource read =
        impatient.get(
            DB,
            0,
            () -> {
              // As of another reconcile, while this one still reads.
              assertThatExceptionOfType(ApiServerBusyException.class)
                  .isThrownBy(() -> impatient.get(DB, 0, () -> value(10)));
              return value(20);
            });

    assertThat(read).isEqualTo(value(20));
  }

  @Test
  void theOldestValuesGoWhereTheyAreTooManyTogether() {
    int third = (int) (SharedReads.MOST / 3) - 64;
    for (int number = 0; number < 20; number++) {
      read(source(number), 0, third);
    }
    assertThat(size()).isLessThanOrEqualTo(3);
    read(source(19), 0, third);
    assertThat(requests).hasValue(20);
    read(source(0), 0, third);
    assertThat(requests).hasValue(21);

    read(source(21), 0, (int) SharedReads.MOST + 1);
    assertThat(size()).isZero();
  }

  private void read(NamespacedSource source, long changes, int length) {
    ValueSource read =
        reads.get(
            source,
            changes,
            () -> {
              requests.incrementAndGet();
              return value(length);
            });
    assertThat(read).isEqualTo(value(length));
  }

  private static NamespacedSource source(int number) {
    return new NamespacedSource("team-a", SourceKey.secret("db-" + number));
  }

  private static ValueSource value(int length) {
    TreeMap<String, String> values = new TreeMap<>();
    values.put("k", "x".repeat(length - 1));
    return new ValueSource.Present(new SourceVersion("uid", "1"), values, new TreeMap<>());
  }

  private long size() {
    StateSizes sizes = new StateSizes();
    reads.sizes(sizes);
    return sizes.byName().values().iterator().next();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
