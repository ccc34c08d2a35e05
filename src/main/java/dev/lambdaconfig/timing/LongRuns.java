package dev.lambdaconfig.timing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs where a run of some work hangs, such as a reconcile. Virtual threads, on which reconciles
 * run from Java 24 on, are in no thread dump of a signal; and a Pod that is restarted because of
 * one leaves nothing but its log.
 *
 * @param <K> the type of what a run is about; one run at a time is about each
 */
public final class LongRuns<K> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LongRuns.class);

  /**
   * The time from which a run is long. Each call of a reconcile ends within 20 seconds; {@code
   * /livez} fails after 10 minutes.
   */
  public static final Duration LONG = Duration.ofMinutes(5);

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** A run that has not ended. */
  private static final class Running {

    private final Thread thread;
    private final long began;
    private boolean logged;

    private Running(Thread thread, long began) {
      this.thread = thread;
      this.began = began;
    }
  }

  private final String work;
  private final LongSupplier nanos;
  private final Map<K, Running> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final RepeatedTask task;

  /**
   * Creates one that looks while anything runs.
   *
   * @param work the work in a log line, such as "reconcile"
   * @param nanos a steady clock, in nanoseconds
   */
  public LongRuns(String work, LongSupplier nanos) {
    this.work = work;
    this.nanos = nanos;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            WaitingThreads.builder().name("long-runs").factory());
    this.task = new RepeatedTask(timer, "the check for long runs", this::next, this::look);
  }

  /**
   * A run begins in this thread.
   *
   * @param began the time of the steady clock
   */
  public void begun(K about, long began) {
    running.put(about, new Running(Thread.currentThread(), began));
    task.schedule();
  }

  /** The run has ended. */
  public void ended(K about) {
    running.remove(about);
  }

  private @Nullable Duration next() {
    return running.isEmpty() ? null : INTERVAL;
  }

  /** Logs the stack of each one that has run for long, once. For one thread. */
  void look() {
    long now = nanos.getAsLong();
    running.forEach(
        (about, run) -> {
          if (!run.logged && now - run.began >= LONG.toNanos()) {
            run.logged = true;
            LOG.atWarn()
                .addKeyValue("of", about)
                .addKeyValue("seconds", Duration.ofNanos(now - run.began).toSeconds())
                .addKeyValue("stack", stack(run.thread))
                .log("a {} has run for over 5 minutes; it is here", work);
          }
        });
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::toString)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
