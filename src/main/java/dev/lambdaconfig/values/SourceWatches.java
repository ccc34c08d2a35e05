package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.values.watch.MetadataWatch;
import dev.lambdaconfig.values.watch.WatchedCollection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The watches of the sources on which resources depend: each is opened for the first such source,
 * and closed after the last one. Where there are not enough for all, each namespace has its share,
 * because a namespace can refer to any number of objects.
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

  private final SequencedMap<WatchedCollection, MetadataWatch> open = new LinkedHashMap<>();

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

  /** Returns whether this is the first time that not all are watched. */
  private synchronized boolean addTo(WatchedCollection collection) {
    if (sources.merge(collection, 1, Integer::sum) > 1 || closed) {
      return false;
    }
    if (open.size() < MOST) {
      open(collection);
      return false;
    }
    waiting.put(collection, true);
    WatchedCollection surplus = surplusFor(collection);
    if (surplus != null) {
      Objects.requireNonNull(open.remove(surplus)).close();
      waiting.put(surplus, true);
      waiting.remove(collection);
      open(collection);
    }
    return waiting.size() == 1;
  }

  /** The newest watch of the namespace that has the most, if that is beyond its share; or null. */
  private @Nullable WatchedCollection surplusFor(WatchedCollection collection) {
    Map<@Nullable String, Integer> shares = shares();
    int most = Collections.max(shares.values());
    return shares.getOrDefault(collection.namespace(), 0) + 1 < most
        ? open.sequencedKeySet().reversed().stream()
            .filter(each -> shares.getOrDefault(each.namespace(), 0) == most)
            .findFirst()
            .orElse(null)
        : null;
  }

  /** The number of open watches of each namespace. */
  private Map<@Nullable String, Integer> shares() {
    Map<@Nullable String, Integer> shares = new HashMap<>();
    open.keySet().forEach(each -> shares.merge(each.namespace(), 1, Integer::sum));
    return shares;
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

  /** Opens the watch that has waited longest, of the namespace with the fewest. */
  private void openNext() {
    if (closed || waiting.isEmpty()) {
      return;
    }
    Map<@Nullable String, Integer> shares = shares();
    WatchedCollection next =
        Collections.min(
            waiting.keySet(),
            Comparator.comparingInt(each -> shares.getOrDefault(each.namespace(), 0)));
    waiting.remove(next);
    open(next);
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

  /**
   * The number of collections that are not watched: for want of a right, because of the limit, or
   * because their watch has failed for over 90 seconds.
   */
  synchronized long unwatched() {
    return waiting.size() + open.values().stream().filter(MetadataWatch::isMissing).count();
  }

  /** The number of watches that are live. */
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
