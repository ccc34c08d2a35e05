package dev.lambdaconfig.ops;

import dev.lambdaconfig.timing.RepeatedTask;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;

/**
 * Keeps the heap near the size of the live objects. By itself every collector lets the old
 * generation grow to the maximum heap before it collects it: a thousand resources would take as
 * much memory as ten thousand. This requests a collection whenever the old generation has grown by
 * a quarter or 32 MB, and once more when it has stopped growing after a burst; the JVM then returns
 * the free memory. A collection takes a tenth of a second with 10,000 resources, and none is
 * requested at rest.
 *
 * <p>It has no effect with {@code -XX:+DisableExplicitGC}, or with a collector that has no old
 * generation.
 */
public final class HeapKeeper {

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final long LEAST_GROWTH = 6L << 20;
  private static final int FRACTION = 4;

  /** The size below which a start is not held up: nearly all that it leaves behind is alive. */
  private static final long FIRST_LIMIT = 32L << 20;

  /** Growth that is always worth a collection: a quarter of a large heap is much memory. */
  private static final long MOST_GROWTH = 32L << 20;

  /** Growth within one interval that counts as none. */
  private static final long STEADY = 16L << 10;

  /** Intervals without growth after which a burst has ended. */
  private static final int QUIET = 40;

  /** The garbage that a burst has to leave behind to be worth a collection. */
  private static final long WORTH = 3L << 20;

  private final LongSupplier old;
  private final Runnable collect;
  private long limit = FIRST_LIMIT;
  private long live;
  private long before;
  private int quiet;

  /** Looks since the last collection. */
  private int since = QUIET;

  /** Whether collections followed one another: what they left alive dies when the work is done. */
  private boolean burst;

  HeapKeeper(LongSupplier old, Runnable collect) {
    this.old = old;
    this.collect = collect;
  }

  /** Starts to watch the heap of this JVM, until the JVM ends. */
  public static void start() {
    old()
        .ifPresent(
            pool -> {
              HeapKeeper keeper = new HeapKeeper(() -> pool.getUsage().getUsed(), System::gc);
              var timer =
                  new ScheduledThreadPoolExecutor(
                      1, Thread.ofPlatform().name("heap-keeper").daemon().factory());
              new RepeatedTask(timer, "the heap", () -> INTERVAL, keeper::look).schedule();
            });
  }

  /** Returns the memory pool of the old generation. */
  private static Optional<MemoryPoolMXBean> old() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
        .findFirst();
  }

  void look() {
    long used = old.getAsLong();
    quiet = used - before > STEADY ? 0 : quiet + 1;
    before = used;
    since++;
    boolean ended = quiet == QUIET;
    if (used > limit || (ended && (burst || used - live > WORTH))) {
      burst = !ended && since < QUIET;
      since = 0;
      collect.run();
      live = old.getAsLong();
      before = live;
      limit = live + Math.clamp(live / FRACTION, LEAST_GROWTH, MOST_GROWTH);
    }
  }
}
