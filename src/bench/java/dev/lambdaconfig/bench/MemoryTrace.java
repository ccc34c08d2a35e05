package dev.lambdaconfig.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a process over time, ten times a second: the system keeps no peak of the part that
 * is no file's.
 */
final class MemoryTrace implements AutoCloseable {

  private static final int INTERVAL_MILLIS = 100;

  /** The most samples that are kept; of longer times every second one, every fourth, and so on. */
  private static final int MOST = 2_000;

  /**
   * The memory of a moment.
   *
   * @param at the time since the start
   * @param resident in bytes
   * @param own the part of it that is no file's, in bytes
   */
  record Sample(Duration at, long resident, long own) {}

  private final Supplier<@Nullable ProcessHandle> process;
  private final Instant began = Instant.now();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("memory-trace").daemon().factory());
  private final List<Sample> samples = new ArrayList<>();
  private long ownPeak = ProcessUsage.UNKNOWN;
  private int looks;
  private int keptOf = 1;

  /**
   * Begins to look.
   *
   * @param process the process of that moment, or null if there is none
   */
  MemoryTrace(Supplier<@Nullable ProcessHandle> process) {
    this.process = process;
    var unused =
        timer.scheduleWithFixedDelay(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    ProcessHandle now = process.get();
    if (now != null) {
      ProcessUsage usage = ProcessUsage.of(now);
      if (usage.memory() != ProcessUsage.UNKNOWN) {
        add(new Sample(Duration.between(began, Instant.now()), usage.memory(), usage.own()));
      }
    }
  }

  private synchronized void add(Sample sample) {
    ownPeak = Math.max(ownPeak, sample.own());
    if (looks++ % keptOf == 0) {
      samples.add(sample);
    }
    if (samples.size() == MOST) {
      for (int index = MOST - 1; index > 0; index -= 2) {
        samples.remove(index);
      }
      keptOf *= 2;
    }
  }

  /** In bytes, or {@link ProcessUsage#UNKNOWN}. */
  synchronized long anonymousPeak() {
    return ownPeak;
  }

  /** The samples, in order. */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
