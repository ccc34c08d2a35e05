package dev.lambdaconfig.timing;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of long work, such as of sweeps, when they are due, each in its own thread. */
public final class StepTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StepTimer.class);

  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofMillis(5);

  private final ScheduledExecutorService timer;
  private final ExecutorService steps;

  /**
   * Creates a timer without steps.
   *
   * @param name the name of its thread
   */
  public StepTimer(String name) {
    this(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory()),
        WaitingThreads.perTask("step"));
  }

  /** Both are closed with it. */
  StepTimer(ScheduledExecutorService timer, ExecutorService steps) {
    this.timer = timer;
    this.steps = steps;
  }

  /**
   * Runs a step after a time.
   *
   * @param of what the step is of, for the log
   */
  public void after(Duration delay, String of, Runnable action) {
    try {
      // Nothing is lost with the future: no failure leaves the task.
      var unused =
          timer.schedule(
              () -> begin(of, action),
              Math.max(delay.toNanos(), SHORTEST.toNanos()),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("of", of).log("no step follows: the operator stops");
    }
  }

  private void begin(String of, Runnable action) {
    try {
      steps.execute(action);
    } catch (RuntimeException | Error e) {
      // When the operator stops, the timer refuses it as well.
      LOG.atWarn()
          .addKeyValue("of", of)
          .setCause(e)
          .log("a step could not begin; it is tried again");
      after(AFTER_MISTAKE, of, action);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    steps.shutdownNow();
  }
}
