package dev.lambdaconfig.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The most memory of a process that is no file's. The system keeps no peak of that, so it is read
 * ten times a second.
 */
final class AnonymousPeak implements AutoCloseable {

  private static final int INTERVAL_MILLIS = 100;

  private final Supplier<@Nullable ProcessHandle> process;
  private final AtomicLong peak = new AtomicLong(ProcessUsage.UNKNOWN);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("anonymous-peak").daemon().factory());

  /**
   * Begins to look.
   *
   * @param process the process of that moment, or null if there is none
   */
  AnonymousPeak(Supplier<@Nullable ProcessHandle> process) {
    this.process = process;
    var unused =
        timer.scheduleWithFixedDelay(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    ProcessHandle now = process.get();
    if (now != null) {
      peak.accumulateAndGet(ProcessUsage.of(now).own(), Math::max);
    }
  }

  /** In bytes, or {@link ProcessUsage#UNKNOWN}. */
  long bytes() {
    return peak.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
