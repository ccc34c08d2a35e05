package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a change of a source on once it has been quiet for a moment, because writers change a
 * Secret in steps; and of one that is never quiet after a while.
 */
final class ChangeDebounce implements StateSizes.Source, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeDebounce.class);

  /** Time without a change after which a writer is taken to be done. */
  static final Duration QUIET = Duration.ofSeconds(2);

  /** Longest time from the first change until it is passed on. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** The times of the first and the last change that were not passed on. */
  private record Burst(long first, long last) {

    long due() {
      return Math.min(last + QUIET.toNanos() - first, LONGEST.toNanos()) + first;
    }
  }

  private final Consumer<NamespacedSource> onChange;
  private final LongSupplier nanos;
  private final Map<NamespacedSource, Burst> pending = new LinkedHashMap<>();
  private final ScheduledThreadPoolExecutor timer;
  private boolean scheduled;

  /**
   * Creates one without pending changes.
   *
   * @param timer closed by its owner
   * @param nanos a steady clock, in nanoseconds
   */
  ChangeDebounce(
      ScheduledThreadPoolExecutor timer, LongSupplier nanos, Consumer<NamespacedSource> onChange) {
    this.timer = timer;
    this.nanos = nanos;
    this.onChange = onChange;
  }

  /** A source has changed. */
  synchronized void changed(NamespacedSource source) {
    long now = nanos.getAsLong();
    pending.merge(source, new Burst(now, now), (before, same) -> new Burst(before.first(), now));
    schedule();
  }

  /** Forgets a source. */
  synchronized void forget(NamespacedSource source) {
    pending.remove(source);
  }

  private void schedule() {
    if (scheduled || pending.isEmpty()) {
      return;
    }
    long now = nanos.getAsLong();
    long next = pending.values().stream().mapToLong(burst -> burst.due() - now).min().orElse(0);
    try {
      // Errors are caught in there.
      var unused = timer.schedule(this::passOn, Math.max(0, next), TimeUnit.NANOSECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("no change of a source is passed on any more: the operator stops");
    }
  }

  private void passOn() {
    for (NamespacedSource source : due()) {
      try {
        onChange.accept(source);
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("source", source).log("a change was not passed on", e);
      }
    }
    synchronized (this) {
      scheduled = false;
      schedule();
    }
  }

  /**
   * Takes the first source of each namespace whose time has come. Each can be read before it is
   * passed on, so that thousands of one namespace would hold up those of the others.
   */
  synchronized List<NamespacedSource> due() {
    long now = nanos.getAsLong();
    List<NamespacedSource> due = new ArrayList<>();
    Set<String> namespaces = new HashSet<>();
    pending
        .entrySet()
        .removeIf(
            entry -> {
              boolean is =
                  entry.getValue().due() - now <= 0 && namespaces.add(entry.getKey().namespace());
              if (is) {
                due.add(entry.getKey());
              }
              return is;
            });
    return due;
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("ChangeDebounce.pending", pending.size());
    sizes.add("ChangeDebounce.timer", timer.getQueue().size());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
