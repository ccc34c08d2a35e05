package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When changes of a source are passed on. */
final class ChangeDebounceTest {

  private static final NamespacedSource DB = new NamespacedSource("team-a", SourceKey.secret("db"));
  private static final NamespacedSource MAIL =
      new NamespacedSource("team-a", SourceKey.secret("mail"));

  private final AtomicLong now = new AtomicLong(-3);
  private final BlockingQueue<NamespacedSource> passed = new LinkedBlockingQueue<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ChangeDebounce debounce =
      new ChangeDebounce(timer, Runnable::run, now::get, passed::add);

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor stopped =
      new ScheduledThreadPoolExecutor(1, task -> null);

  @AfterEach
  void close() {
    stopped.shutdownNow();
    debounce.close();
  }

  @Test
  void aChangeIsPassedOnTwoSecondsAfterTheLastOne() {
    debounce.changed(DB);
    advance(Duration.ofMillis(1500));
    debounce.changed(DB);
    debounce.changed(MAIL);
    advance(Duration.ofMillis(1999));
    assertThat(debounce.due()).isEmpty();

    advance(Duration.ofMillis(1));
    assertThat(debounce.due()).containsExactly(DB);
    assertThat(debounce.due()).containsExactly(MAIL);
    assertThat(debounce.due()).isEmpty();
  }

  @Test
  void theSourcesOfANamespaceHoldUpThoseOfNoOther() {
    NamespacedSource other = new NamespacedSource("team-b", SourceKey.secret("db"));
    debounce.changed(DB);
    debounce.changed(MAIL);
    debounce.changed(other);
    advance(Duration.ofSeconds(2));

    assertThat(debounce.due()).containsExactly(DB, other);
  }

  @Test
  void aWriterThatNeverStopsIsPassedOnAfterTenSeconds() {
    for (int second = 0; second < 10; second++) {
      debounce.changed(DB);
      assertThat(debounce.due()).isEmpty();
      advance(Duration.ofSeconds(1));
    }

    assertThat(debounce.due()).containsExactly(DB);
    debounce.changed(DB);
    advance(Duration.ofSeconds(1));
    assertThat(debounce.due()).as("a new burst").isEmpty();
  }

  @Test
  void aSourceThatIsForgottenIsNotPassedOn() {
    debounce.changed(DB);
    debounce.forget(DB);
    advance(Duration.ofSeconds(20));

    assertThat(debounce.due()).isEmpty();
  }

  @Test
  void theTimerPassesOnWhatIsDueAndGoesOnAfterAFailure() {
    ChangeDebounce failing =
        new ChangeDebounce(
            timer,
            Runnable::run,
            System::nanoTime,
            source -> {
              passed.add(source);
              throw new StackOverflowError("of a listener");
            });

    failing.changed(DB);
    failing.changed(MAIL);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> passed.size() == 2);
    failing.changed(DB);

    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> passed.size() == 3);
    assertThat(List.copyOf(passed)).endsWith(DB);
  }

  @Test
  void aSourceThatIsBeingReadHoldsUpNeitherTheTimerNorOtherNamespaces() throws Exception {
    NamespacedSource other = new NamespacedSource("team-b", SourceKey.secret("db"));
    CountDownLatch answer = new CountDownLatch(1);
    ChangeDebounce reading =
        new ChangeDebounce(
            timer,
            Thread.ofVirtual()::start,
            () -> System.nanoTime() * 20,
            source -> {
              if (source.equals(DB)) {
                await(answer);
              }
              passed.add(source);
            });

    reading.changed(DB);
    reading.changed(MAIL);
    reading.changed(other);

    assertThat(passed.poll(1, TimeUnit.MINUTES)).isEqualTo(other);
    assertThat(timer.submit(() -> "free").get(1, TimeUnit.MINUTES)).isEqualTo("free");
    assertThat(passed).as("another source of the namespace that is being read").isEmpty();
    answer.countDown();
    assertThat(passed.poll(1, TimeUnit.MINUTES)).isEqualTo(DB);
    assertThat(passed.poll(1, TimeUnit.MINUTES)).isEqualTo(MAIL);
  }

  @Test
  void aFewNamespacesAreReadAtATime() {
    List<Runnable> begun = new ArrayList<>();
    ChangeDebounce reading = new ChangeDebounce(stopped, begun::add, now::get, passed::add);
    for (int number = 0; number < 6; number++) {
      reading.changed(new NamespacedSource("team-" + number, SourceKey.secret("db")));
    }
    advance(Duration.ofSeconds(2));

    runScheduled();
    assertThat(begun).hasSize(ChangeDebounce.MOST_AT_A_TIME);
    assertThat(stopped.getQueue()).as("nothing can begin").isEmpty();
    begun.removeFirst().run();
    runScheduled();

    assertThat(begun).hasSize(ChangeDebounce.MOST_AT_A_TIME);
    assertThat(passed).hasSize(1);
  }

  private void runScheduled() {
    Runnable task = Objects.requireNonNull(stopped.getQueue().peek());
    stopped.remove(task);
    task.run();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
