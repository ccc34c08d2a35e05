package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.timing.RepeatedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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

  /** Namespaces of which a change is passed on at a time: each can be read before. */
  static final int MOST_AT_A_TIME = 4;

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
  private final RepeatedTask passing;
  private final Executor executor;

  /** The namespaces of which a change is being passed on. */
  private final Set<String> underWay = new HashSet<>();

  /**
   * Creates one without pending changes.
   *
   * @param timer closed by its owner
   * @param executor passes changes on: the timer has others to serve while one is read
   * @param nanos a steady clock, in nanoseconds
   */
  ChangeDebounce(
      ScheduledThreadPoolExecutor timer,
      Executor executor,
      LongSupplier nanos,
      Consumer<NamespacedSource> onChange) {
    this.timer = timer;
    this.executor = executor;
    this.nanos = nanos;
    this.onChange = onChange;
    this.passing = new RepeatedTask(timer, "changes of sources", this::next, this::passOn);
  }

  /** A source has changed. */
  void changed(NamespacedSource source) {
    long now = nanos.getAsLong();
    synchronized (this) {
      pending.merge(source, new Burst(now, now), (before, same) -> new Burst(before.first(), now));
    }
    passing.schedule();
  }

  /** Forgets a source. */
  synchronized void forget(NamespacedSource source) {
    pending.remove(source);
  }

  private synchronized @Nullable Duration next() {
    long now = nanos.getAsLong();
    return underWay.size() >= MOST_AT_A_TIME
        ? null
        : pending.entrySet().stream()
            .filter(entry -> !underWay.contains(entry.getKey().namespace()))
            .map(entry -> Duration.ofNanos(Math.max(0, entry.getValue().due() - now)))
            .min(Comparator.naturalOrder())
            .orElse(null);
  }

  private void passOn() {
    for (NamespacedSource source : begun()) {
      boolean handedOver = false;
      try {
        executor.execute(() -> passOn(source));
        handedOver = true;
      } finally {
        if (!handedOver) {
          ended(source);
        }
      }
    }
  }

  private void passOn(NamespacedSource source) {
    try {
      onChange.accept(source);
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("source", source).setCause(e).log("a change was not passed on");
    } finally {
      ended(source);
    }
  }

  private synchronized List<NamespacedSource> begun() {
    List<NamespacedSource> due = due();
    due.forEach(source -> underWay.add(source.namespace()));
    return due;
  }

  private void ended(NamespacedSource source) {
    synchronized (this) {
      underWay.remove(source.namespace());
    }
    passing.schedule();
  }

  /**
   * Takes the first source of each namespace whose time has come, unless one of the namespace is
   * under way. Each can be read before it is passed on, so that thousands of one namespace would
   * hold up those of the others.
   */
  synchronized List<NamespacedSource> due() {
    long now = nanos.getAsLong();
    List<NamespacedSource> due = new ArrayList<>();
    Set<String> namespaces = new HashSet<>(underWay);
    pending
        .entrySet()
        .removeIf(
            entry -> {
              boolean is =
                  namespaces.size() < MOST_AT_A_TIME
                      && entry.getValue().due() - now <= 0
                      && namespaces.add(entry.getKey().namespace());
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
    sizes.add("ChangeDebounce.underWay", underWay.size());
    sizes.add("ChangeDebounce.timer", timer.getQueue().size());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
