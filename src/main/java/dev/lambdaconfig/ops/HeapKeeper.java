package dev.lambdaconfig.ops;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the heap near what is needed. Left alone every collector lets it grow to its cap before it
 * looks for what is dead among the old: a thousand resources would then be as large as ten
 * thousand. So it is asked to look whenever the old have grown by half; the JVM gives back what is
 * free then. That takes a tenth of a second at most, and no time at rest.
 *
 * <p>Without effect where the JVM is told {@code -XX:+DisableExplicitGC}, or where the collector
 * does not tell old from young.
 */
public final class HeapKeeper {

  private static final long INTERVAL_SECONDS = 1;
  private static final long LEAST_GROWTH = 12L << 20;

  private final LongSupplier old;
  private final Runnable collect;
  private long limit = LEAST_GROWTH;

  HeapKeeper(LongSupplier old, Runnable collect) {
    this.old = old;
    this.collect = collect;
  }

  /** Keeps this JVM's heap for as long as it lives. */
  public static void start() {
    old()
        .ifPresent(
            pool -> {
              HeapKeeper keeper = new HeapKeeper(() -> pool.getUsage().getUsed(), System::gc);
              var timer =
                  new ScheduledThreadPoolExecutor(
                      1, Thread.ofPlatform().name("heap-keeper").daemon().factory());
              var unused =
                  timer.scheduleWithFixedDelay(
                      keeper::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
            });
  }

  /** Where those are that have survived some collections. */
  private static Optional<MemoryPoolMXBean> old() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
        .findFirst();
  }

  void look() {
    if (old.getAsLong() > limit) {
      collect.run();
      long live = old.getAsLong();
      limit = live + Math.max(LEAST_GROWTH, live / 2);
    }
  }
}
