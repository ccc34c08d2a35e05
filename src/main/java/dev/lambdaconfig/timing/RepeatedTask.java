package dev.lambdaconfig.timing;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task of a timer that runs as often as it has to, one run at a time. Safe for use by many
 * threads.
 *
 * <p>The task cannot die: a run that ends with an exception or an error is logged, and the next one
 * is scheduled as after any other. A deep structure can overflow the stack of one run, and a class
 * that is missing is missed by one kind of work only.
 */
public final class RepeatedTask {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

  /** The shortest time from a failed run to the next one, so that no failure fills the log. */
  static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final ScheduledExecutorService timer;
  private final String name;
  private final Supplier<@Nullable Duration> next;
  private final Runnable work;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * Creates a task that is not scheduled.
   *
   * @param timer runs the task; closed by its owner
   * @param name the task in a log line
   * @param next the time until the next run, or null as long as there is nothing to do
   */
  public RepeatedTask(
      ScheduledExecutorService timer,
      String name,
      Supplier<@Nullable Duration> next,
      Runnable work) {
    this.timer = timer;
    this.name = name;
    this.next = next;
    this.work = work;
  }

  /** Schedules the next run, unless one is scheduled or there is nothing to do. */
  public void schedule() {
    schedule(Duration.ZERO);
  }

  /** Runs the task in the thread of the caller, unless a run is scheduled; it is repeated then. */
  public void runNow() {
    if (scheduled.compareAndSet(false, true)) {
      run();
    }
  }

  private void schedule(Duration shortest) {
    while (scheduled.compareAndSet(false, true)) {
      Duration delay = next(shortest);
      if (delay != null) {
        after(delay);
        return;
      }
      scheduled.set(false);
      // Somebody can have found the task scheduled meanwhile, and relies on it.
      if (next(shortest) == null) {
        return;
      }
    }
  }

  /** The time until the next run, which comes after a failure to tell the time, too. */
  private @Nullable Duration next(Duration shortest) {
    try {
      Duration delay = next.get();
      return delay == null || delay.compareTo(shortest) >= 0 ? delay : shortest;
    } catch (RuntimeException | Error e) {
      failed(e);
      return AFTER_FAILURE;
    }
  }

  private void after(Duration delay) {
    boolean handedOver = false;
    try {
      // Nothing is lost with the future: no failure leaves the task.
      var unused = timer.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
      handedOver = true;
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("task", name).log("not repeated any more: the operator stops");
    } finally {
      if (!handedOver) {
        scheduled.set(false);
      }
    }
  }

  private void run() {
    Duration shortest = AFTER_FAILURE;
    try {
      work.run();
      shortest = Duration.ZERO;
    } catch (RuntimeException | Error e) {
      failed(e);
    } finally {
      scheduled.set(false);
      schedule(shortest);
    }
  }

  private void failed(Throwable failure) {
    LOG.atError().addKeyValue("task", name).setCause(failure).log("a run failed; the next follows");
  }
}
