package dev.lambdaconfig.timing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of its own for tasks that run one after the other, and for which nobody waits. */
public final class TaskThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  private final String name;
  private final ScheduledExecutorService timer;

  /** Starts with the first task. */
  public TaskThread(String name) {
    this.name = name;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /** Runs a task after a time. No task throws. */
  public void after(Duration delay, Runnable task) {
    try {
      var unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("thread", name).log("no task any more: the operator stops");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
