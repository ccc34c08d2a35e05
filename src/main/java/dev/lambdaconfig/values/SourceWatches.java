package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.values.watch.MetadataWatch;
import dev.lambdaconfig.values.watch.WatchedCollection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The watches of the sources on which resources depend: each is opened for the first such source,
 * and closed after the last one.
 */
final class SourceWatches implements StateSizes.Source, AutoCloseable {

  /**
   * Most watches at a time, each of which has a connection of its own. Tenants decide how many
   * objects they refer to.
   */
  static final int MOST = 200;

  private final WatchScope scope;
  private final Function<WatchedCollection, MetadataWatch> watch;
  private final Consumer<WatchedCollection> onLimit;

  /** The number of sources in each collection. */
  private final Map<WatchedCollection, Integer> sources = new HashMap<>();

  private final Map<WatchedCollection, MetadataWatch> open = new HashMap<>();

  /** The collections for which there was no watch left, in the order of their first sources. */
  private final Map<WatchedCollection, Boolean> waiting = new LinkedHashMap<>();

  private boolean closed;

  /**
   * Creates the watches of no source.
   *
   * @param watch creates the watch of a collection, not started
   * @param onLimit called with the first collection that is not watched because others are
   */
  SourceWatches(
      WatchScope scope,
      Function<WatchedCollection, MetadataWatch> watch,
      Consumer<WatchedCollection> onLimit) {
    this.scope = scope;
    this.watch = watch;
    this.onLimit = onLimit;
  }

  /** Watches a source. */
  void add(NamespacedSource source) {
    WatchedCollection collection = WatchedCollection.of(source, scope);
    if (collection != null && addTo(collection)) {
      onLimit.accept(collection);
    }
  }

  /** Returns whether this is the first collection beyond the limit. */
  private synchronized boolean addTo(WatchedCollection collection) {
    if (sources.merge(collection, 1, Integer::sum) > 1 || closed) {
      return false;
    }
    if (open.size() < MOST) {
      open(collection);
      return false;
    }
    waiting.put(collection, true);
    return waiting.size() == 1;
  }

  private void open(WatchedCollection collection) {
    MetadataWatch opened = watch.apply(collection);
    open.put(collection, opened);
    opened.start();
  }

  /** Watches a source no longer. */
  synchronized void remove(NamespacedSource source) {
    WatchedCollection collection = WatchedCollection.of(source, scope);
    if (collection == null
        || sources.computeIfPresent(collection, (same, count) -> count == 1 ? null : count - 1)
            != null) {
      return;
    }
    waiting.remove(collection);
    MetadataWatch last = open.remove(collection);
    if (last != null) {
      last.close();
      openNext();
    }
  }

  private void openNext() {
    Iterator<WatchedCollection> next = waiting.keySet().iterator();
    if (next.hasNext() && !closed) {
      WatchedCollection collection = next.next();
      next.remove();
      open(collection);
    }
  }

  /** Whether each change of a source is seen as it happens. */
  synchronized boolean isLive(NamespacedSource source) {
    MetadataWatch watching = watching(source);
    return watching != null && watching.isLive();
  }

  private @Nullable MetadataWatch watching(NamespacedSource source) {
    WatchedCollection collection = WatchedCollection.of(source, scope);
    return collection == null ? null : open.get(collection);
  }

  /** The number of watches that are live, by which tests and metrics know. */
  synchronized long live() {
    return open.values().stream().filter(MetadataWatch::isLive).count();
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("SourceWatches.sources", sources.size());
    sizes.add("SourceWatches.open", open.size());
    sizes.add("SourceWatches.waiting", waiting.size());
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(MetadataWatch::close);
    open.clear();
  }
}
