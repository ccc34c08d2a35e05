package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import dev.lambdaconfig.values.watch.MetadataClient;
import dev.lambdaconfig.values.watch.MetadataWatch;
import dev.lambdaconfig.values.watch.WatchListener;
import dev.lambdaconfig.values.watch.WatchedCollection;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secrets and ConfigMaps of the API server: values are read when they are needed, and metadata
 * is watched as long as resources depend on it. Without such a resource there is no watch, no
 * connection and no thread.
 */
public final class WatchedSources implements ValueSources, WatchListener {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedSources.class);

  private final KubernetesClient kubernetes;
  private final SourceChangeListener listener;
  private final Timing timing;

  private final SourceIndex index = new SourceIndex();
  private final ValueFingerprint fingerprint = new ValueFingerprint();
  private final SourceReader reader;
  private final SourceWatches watches;
  private final SharedReads reads;
  private final ChangeDebounce debounce;
  private final Announcements announcements;

  private @Nullable MetadataClient metadata;

  /**
   * Creates sources on which no resource depends.
   *
   * @param kubernetes reads values; its configuration is also that of the watches
   */
  public WatchedSources(
      KubernetesClient kubernetes, WatchScope scope, SourceChangeListener listener, Timing timing) {
    this.kubernetes = kubernetes;
    this.listener = listener;
    this.timing = timing;
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("value-changes").daemon().factory());
    // No thread while nothing changes.
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    reader = new SourceReader(kubernetes);
    reads = new SharedReads(timer, timing.nanos(), SharedReads.PATIENCE);
    announcements = new Announcements(timer, listener::changed);
    debounce =
        new ChangeDebounce(
            timer,
            WaitingThreads.builder().name("value-change")::start,
            timing.nanos(),
            this::passOn);
    watches = new SourceWatches(scope, this::watch, this::limited);
  }

  private MetadataWatch watch(WatchedCollection collection) {
    MetadataClient client = metadata;
    if (client == null) {
      client = new MetadataClient(kubernetes.getConfiguration(), timing);
      metadata = client;
    }
    return new MetadataWatch(collection, client, this, timing);
  }

  @Override
  public Map<SourceKey, ValueSource> read(String namespace, Set<SourceKey> keys) {
    Map<SourceKey, ValueSource> read = new HashMap<>();
    keys.forEach(key -> read.put(key, read(new NamespacedSource(namespace, key))));
    return read;
  }

  private ValueSource read(NamespacedSource source) {
    if (!SourceReader.canExist(source)) {
      return ValueSource.ABSENT;
    }
    long changes = index.changes(source);
    boolean live = changes >= 0 && watches.isLive(source);
    return live
        ? reads.get(source, changes, () -> readNow(source, changes, true))
        : readNow(source, changes, false);
  }

  private ValueSource readNow(NamespacedSource source, long changes, boolean live) {
    ValueSource read = reader.read(source);
    if (read instanceof ValueSource.Denied) {
      return valued(source, read);
    }
    // Before it is compared with the version that was seen last: that triggers what is missed here.
    ValueSource valued = valued(source, read);
    if (index.read(source, read.version(), changes, live)) {
      debounce.changed(source);
    }
    return valued;
  }

  /** The source with the version of its values. */
  private ValueSource valued(NamespacedSource source, ValueSource read) {
    if (!(read instanceof ValueSource.Present present)) {
      var unused = index.valued(source, read.version(), null);
      return read;
    }
    return present.as(index.valued(source, read.version(), fingerprint.of(present.valuesAsText())));
  }

  @Override
  public Map<SourceKey, SourceVersion> versions(String namespace, Set<SourceKey> keys) {
    Map<SourceKey, SourceVersion> versions = new HashMap<>();
    for (SourceKey key : keys) {
      NamespacedSource source = new NamespacedSource(namespace, key);
      SourceVersion version = watches.isLive(source) ? index.watched(source) : null;
      if (version != null) {
        versions.put(key, version);
      }
    }
    return versions;
  }

  @Override
  public synchronized void depends(ResourceID resource, Set<SourceKey> keys) {
    String namespace = resource.getNamespace().orElse("");
    SourceIndex.Change change =
        index.depends(
            resource,
            keys.stream()
                .filter(key -> SourceReader.canExist(new NamespacedSource(namespace, key)))
                .collect(Collectors.toUnmodifiableSet()));
    change.added().forEach(watches::add);
    for (NamespacedSource source : change.removed()) {
      watches.remove(source);
      debounce.forget(source);
      reads.forget(source);
    }
  }

  @Override
  public long listing() {
    return index.listing();
  }

  @Override
  public void seen(NamespacedSource source, SourceVersion version) {
    if (index.seen(source, version)) {
      changed(source);
    }
  }

  @Override
  public void listed(WatchedCollection collection, long since) {
    index.listed(collection, since).forEach(this::changed);
  }

  private void changed(NamespacedSource source) {
    reads.forget(source);
    debounce.changed(source);
  }

  private void passOn(NamespacedSource source) {
    if (!isOnlyMetadata(source)) {
      announcements.add(index.announce(source));
    }
  }

  /** Whether the values are those that all dependents know. The dependents share the read. */
  private boolean isOnlyMetadata(NamespacedSource source) {
    if (!index.isAnnounced(source) || !watches.isLive(source)) {
      return false;
    }
    try {
      return read(source) instanceof ValueSource.Present present
          && index.isAnnounced(source, present.version());
    } catch (RuntimeException e) {
      LOG.atDebug().addKeyValue("source", source).log("the dependents read it", e);
      return false;
    }
  }

  @Override
  public void refused(WatchedCollection collection, int code) {
    tell("value-watch-" + collection.plural(), collection, MissingRights.refused(collection));
  }

  private void limited(WatchedCollection collection) {
    tell("value-watch-limit", collection, MissingRights.beyondLimit(collection));
  }

  private void tell(String key, WatchedCollection collection, String message) {
    LOG.warn(message);
    ResourceID dependent = index.dependent(collection);
    if (dependent != null) {
      listener.notWatched(key, dependent, message);
    }
  }

  @Override
  public long unwatched() {
    return watches.unwatched();
  }

  /** The number of watches that are open and have seen all there is. */
  public long liveWatches() {
    return watches.live();
  }

  @Override
  public void sizes(StateSizes sizes) {
    index.sizes(sizes);
    watches.sizes(sizes);
    reads.sizes(sizes);
    debounce.sizes(sizes);
    announcements.sizes(sizes);
  }

  /** Watches no longer, and passes no change on. */
  @Override
  public synchronized void close() {
    watches.close();
    debounce.close();
    if (metadata != null) {
      metadata.close();
    }
  }
}
