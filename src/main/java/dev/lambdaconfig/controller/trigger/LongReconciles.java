package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.RepeatedTask;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
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
 * Logs where a reconcile hangs. Reconciles run on virtual threads, which no thread dump of a signal
 * shows; and a Pod that is restarted because of one leaves nothing but its log.
 */
public final class LongReconciles implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LongReconciles.class);

  /** Each call of a reconcile ends within 20 seconds; {@code /livez} fails after 10 minutes. */
  static final Duration LONG = Duration.ofMinutes(5);

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** A reconcile that runs. */
  private static final class Running {

    private final Thread thread;
    private final long began;
    private boolean logged;

    private Running(Thread thread, long began) {
      this.thread = thread;
      this.began = began;
    }
  }

  private final LongSupplier nanos;
  private final Map<ResourceID, Running> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final RepeatedTask task;

  /**
   * Creates one that looks while any reconcile runs.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public LongReconciles(LongSupplier nanos) {
    this.nanos = nanos;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("long-reconciles").factory());
    this.task = new RepeatedTask(timer, "the look at long reconciles", this::next, this::look);
  }

  /** A reconcile begins in this thread. */
  void begun(ResourceID resource, long began) {
    running.put(resource, new Running(Thread.currentThread(), began));
    task.schedule();
  }

  /** The reconcile of a resource has ended. */
  void ended(ResourceID resource) {
    running.remove(resource);
  }

  private @Nullable Duration next() {
    return running.isEmpty() ? null : INTERVAL;
  }

  /** Logs the stack of each reconcile that has run for long, once. For one thread. */
  void look() {
    long now = nanos.getAsLong();
    running.forEach(
        (resource, reconcile) -> {
          if (!reconcile.logged && now - reconcile.began >= LONG.toNanos()) {
            reconcile.logged = true;
            LOG.atWarn()
                .addKeyValue("resource", resource)
                .addKeyValue("seconds", Duration.ofNanos(now - reconcile.began).toSeconds())
                .addKeyValue("stack", stack(reconcile.thread))
                .log("a reconcile has run for over 5 minutes; it is here");
          }
        });
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::toString)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("LongReconciles.running", running.size());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
