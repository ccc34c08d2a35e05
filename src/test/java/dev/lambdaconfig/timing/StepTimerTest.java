package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That no step of a sweep is lost. */
final class StepTimerTest {

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> null);

  /** Has no thread for the first two steps. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
        @Override
        public void execute(Runnable step) {
          switch (attempts.incrementAndGet()) {
            case 1 -> throw new OutOfMemoryError("no thread for a test");
            case 2 -> throw new RejectedExecutionException("of a test");
            default -> step.run();
          }
        }
      };

  private final StepTimer sweeps = new StepTimer(timer, threads);

  @AfterEach
  void close() {
    sweeps.close();
  }

  @Test
  void aStepThatCannotBeginIsTriedAgain() {
    sweeps.after(Duration.ofSeconds(1), "eu-west-1", steps::incrementAndGet);

    runScheduled();
    runScheduled();
    assertThat(steps).hasValue(0);
    runScheduled();

    assertThat(steps).hasValue(1);
    assertThat(timer.getQueue()).isEmpty();
  }

  private void runScheduled() {
    Runnable task = Objects.requireNonNull(timer.getQueue().peek());
    timer.remove(task);
    task.run();
  }
}
