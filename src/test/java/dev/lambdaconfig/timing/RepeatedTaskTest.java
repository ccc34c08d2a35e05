package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a repeated task runs, and what cannot end it. */
final class RepeatedTaskTest {

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> null);

  private final AtomicInteger runs = new AtomicInteger();
  private final Deque<Duration> delays = new ArrayDeque<>();

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void nothingIsScheduledWhereThereIsNothingToDo() {
    task(runs::incrementAndGet).schedule();

    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void manyRequestsScheduleOneRun() {
    delays.add(Duration.ofHours(1));
    RepeatedTask task = task(runs::incrementAndGet);

    task.schedule();
    task.schedule();

    assertThat(timer.getQueue()).hasSize(1);
    assertThat(delay()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void aRunSchedulesTheNextOneUntilNothingIsLeft() {
    delays.add(Duration.ofHours(1));
    delays.add(Duration.ofHours(2));
    task(runs::incrementAndGet).schedule();

    runScheduled();
    assertThat(delay()).isGreaterThan(Duration.ofMinutes(119));
    runScheduled();

    assertThat(timer.getQueue()).isEmpty();
    assertThat(runs).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
  void aRunThatFailsIsFollowedByTheNextOneASecondLater(Class<? extends Throwable> failure) {
    delays.add(Duration.ZERO);
    delays.add(Duration.ZERO);
    RepeatedTask task =
        task(
            () -> {
              if (runs.incrementAndGet() == 1) {
                throwAny(failure);
              }
            });
    task.schedule();

    assertThatCode(this::runScheduled).doesNotThrowAnyException();

    assertThat(delay()).isGreaterThan(Duration.ofMillis(500));
    runScheduled();
    assertThat(runs).hasValue(2);
    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void workThatComesWhenNothingWasLeftIsScheduled() {
    // The first answer is that of before the work came, whose request found the task scheduled.
    AtomicInteger asked = new AtomicInteger();
    new RepeatedTask(
            timer,
            "test",
            () -> asked.incrementAndGet() == 1 ? null : Duration.ZERO,
            runs::incrementAndGet)
        .schedule();

    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void aTimeThatCannotBeToldDoesNotEndTheTask() {
    new RepeatedTask(
            timer,
            "test",
            () -> {
              throw new StackOverflowError("of a test");
            },
            runs::incrementAndGet)
        .schedule();

    runScheduled();

    assertThat(runs).hasValue(1);
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void aTaskThatIsToRunNowRunsInTheThreadOfTheCallerAndIsRepeated() {
    delays.add(Duration.ofHours(1));
    RepeatedTask task = task(runs::incrementAndGet);

    task.runNow();
    task.runNow();

    assertThat(runs).as("the second run is scheduled").hasValue(1);
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void nothingIsScheduledAfterTheEndOfTheTimer() {
    delays.add(Duration.ZERO);
    timer.shutdownNow();

    assertThatCode(() -> task(runs::incrementAndGet).schedule()).doesNotThrowAnyException();
  }

  private RepeatedTask task(Runnable work) {
    return new RepeatedTask(timer, "test", delays::peek, work);
  }

  private Duration delay() {
    Delayed scheduled = (Delayed) Objects.requireNonNull(timer.getQueue().peek());
    return Duration.ofNanos(scheduled.getDelay(TimeUnit.NANOSECONDS));
  }

  private void runScheduled() {
    Runnable task = Objects.requireNonNull(timer.getQueue().peek());
    timer.remove(task);
    @Nullable Duration unused = delays.poll();
    task.run();
  }

  private static void throwAny(Class<? extends Throwable> failure) {
    try {
      throw failure.getConstructor().newInstance();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
