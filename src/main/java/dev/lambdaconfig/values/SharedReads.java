package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.timing.RepeatedTask;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads that several reconciles share, such as those of 500 functions with one Secret. A read
 * serves those that ask within seconds, and only while a watch shows that nothing has changed since
 * it began; then its values are dropped.
 */
final class SharedReads implements StateSizes.Source {

  /** Time for which values are kept: a burst of reconciles asks at least that often. */
  static final Duration KEPT = Duration.ofSeconds(5);

  /** The longest time for which a reconcile waits for reads of others. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Most bytes of values that are kept, at about a byte a character. */
  static final long MOST = 500_000;

  /** The memory that a key takes besides its characters. */
  private static final int OF_A_KEY = 64;

  /** A read under way, or one whose values are kept. */
  private static final class Shared {

    final long changes;
    final CompletableFuture<ValueSource> result = new CompletableFuture<>();
    long size;
    long until = Long.MAX_VALUE;

    Shared(long changes) {
      this.changes = changes;
    }
  }

  private final LongSupplier nanos;
  private final Duration patience;
  private final RepeatedTask dropping;
  private final Map<NamespacedSource, Shared> shared = new LinkedHashMap<>();
  private long size;

  /**
   * Creates one that shares nothing.
   *
   * @param timer drops values; closed by its owner
   * @param nanos a steady clock, in nanoseconds
   * @param patience the longest time to wait for the read of another reconcile
   */
  SharedReads(ScheduledThreadPoolExecutor timer, LongSupplier nanos, Duration patience) {
    this.patience = patience;
    this.nanos = nanos;
    this.dropping = new RepeatedTask(timer, "old values", this::next, this::dropOld);
  }

  /**
   * Reads a source, or takes the result of another read.
   *
   * @param changes the number of changes that were seen of the source
   */
  ValueSource get(NamespacedSource source, long changes, Supplier<ValueSource> read) {
    Shared own = new Shared(changes);
    Shared other = join(source, own);
    return other == null ? run(source, own, read) : joined(other.result);
  }

  /** Returns a read that serves, or null after the own one has taken its place. */
  private synchronized @Nullable Shared join(NamespacedSource source, Shared own) {
    Shared there = shared.get(source);
    if (there != null && there.changes == own.changes) {
      return there;
    }
    drop(source, there);
    shared.put(source, own);
    return null;
  }

  private ValueSource run(NamespacedSource source, Shared own, Supplier<ValueSource> read) {
    try {
      ValueSource value = read.get();
      own.result.complete(value);
      if (value instanceof ValueSource.Denied) {
        // A right is granted without a change of the source.
        forget(source, own);
      } else {
        keep(source, own, size(value));
      }
      return value;
    } catch (RuntimeException e) {
      own.result.completeExceptionally(e);
      throw e;
    } finally {
      if (own.result.isCompletedExceptionally() || !own.result.isDone()) {
        own.result.completeExceptionally(new IllegalStateException("a read ended"));
        forget(source, own);
      }
    }
  }

  private ValueSource joined(CompletableFuture<ValueSource> result) {
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new ApiServerBusyException("the API server has not answered another read in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiServerBusyException("the operator stops");
    }
  }

  private void keep(NamespacedSource source, Shared own, long characters) {
    kept(source, own, characters);
    dropping.schedule();
  }

  private synchronized void kept(NamespacedSource source, Shared own, long characters) {
    if (shared.get(source) != own) {
      return;
    }
    own.size = characters;
    own.until = nanos.getAsLong() + KEPT.toNanos();
    size += characters;
    Iterator<Map.Entry<NamespacedSource, Shared>> oldest = shared.entrySet().iterator();
    while (size > MOST && oldest.hasNext()) {
      Shared each = oldest.next().getValue();
      if (each.result.isDone()) {
        size -= each.size;
        oldest.remove();
      }
    }
  }

  private synchronized @Nullable Duration next() {
    long now = nanos.getAsLong();
    return shared.values().stream()
        .filter(each -> each.until != Long.MAX_VALUE)
        .map(each -> Duration.ofNanos(Math.max(0, each.until - now)))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Drops the values whose time has passed. */
  synchronized void dropOld() {
    long now = nanos.getAsLong();
    shared
        .values()
        .removeIf(
            each -> {
              boolean old = each.until != Long.MAX_VALUE && each.until - now <= 0;
              if (old) {
                size -= each.size;
              }
              return old;
            });
  }

  /** Drops the values of a source, which has changed or is needed no longer. */
  synchronized void forget(NamespacedSource source) {
    drop(source, shared.get(source));
  }

  private synchronized void forget(NamespacedSource source, Shared which) {
    if (shared.get(source) == which) {
      drop(source, which);
    }
  }

  private void drop(NamespacedSource source, @Nullable Shared which) {
    if (which != null) {
      shared.remove(source);
      size -= which.size;
    }
  }

  private static long size(ValueSource source) {
    return source instanceof ValueSource.Present present
        ? present.values().entrySet().stream()
            .mapToLong(entry -> OF_A_KEY + entry.getKey().length() + entry.getValue().length())
            .sum()
        : 0;
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("SharedReads.shared", shared.size());
  }
}
