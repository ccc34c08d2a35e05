package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.values.watch.WatchedCollection;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index of the resources that depend on each source, and the version of each source that was
 * seen last. Nothing is kept of a source on which no resource depends.
 */
final class SourceIndex implements StateSizes.Source {

  /** Sources on which resources began or ceased to depend. */
  record Change(Set<NamespacedSource> added, Set<NamespacedSource> removed) {}

  /** The state that is kept of a source. */
  private static final class Tracked {

    final Set<ResourceID> dependents = new HashSet<>(2);

    /** The version with which others are compared; null before the first one is known. */
    @Nullable SourceVersion version;

    /** Whether the version is the one that a list or a watch has shown, or would have replaced. */
    boolean watched;

    /** The number of changes that were seen. */
    long changes;

    /** The moment of the last list that showed it, or of its beginning. */
    long listed;

    final ValueVersion values = new ValueVersion();
  }

  private final Map<NamespacedSource, Tracked> entries = new HashMap<>();
  private final Map<ResourceID, Set<SourceKey>> keys = new HashMap<>();
  private long moments;

  /** Replaces what a resource depends on. */
  synchronized Change depends(ResourceID resource, Set<SourceKey> now) {
    Set<SourceKey> before =
        now.isEmpty() ? keys.remove(resource) : keys.put(resource, Set.copyOf(now));
    Change change = new Change(new HashSet<>(), new HashSet<>());
    String namespace = resource.getNamespace().orElse("");
    for (SourceKey key : now) {
      if (before == null || !before.contains(key)) {
        add(new NamespacedSource(namespace, key), resource, change.added());
      }
    }
    if (before != null) {
      for (SourceKey key : before) {
        if (!now.contains(key)) {
          remove(new NamespacedSource(namespace, key), resource, change.removed());
        }
      }
    }
    return change;
  }

  private void add(NamespacedSource source, ResourceID resource, Set<NamespacedSource> added) {
    Tracked entry = entries.get(source);
    if (entry == null) {
      entry = new Tracked();
      entry.listed = ++moments;
      entries.put(source, entry);
      added.add(source);
    }
    entry.dependents.add(resource);
  }

  private void remove(NamespacedSource source, ResourceID resource, Set<NamespacedSource> removed) {
    Tracked entry = entries.get(source);
    if (entry != null) {
      entry.dependents.remove(resource);
      if (entry.dependents.isEmpty()) {
        entries.remove(source);
        removed.add(source);
      }
    }
  }

  /** The resources that depend on a source. */
  synchronized List<ResourceID> dependents(NamespacedSource source) {
    Tracked entry = entries.get(source);
    return entry == null ? List.of() : List.copyOf(entry.dependents);
  }

  /** A resource that depends on a source of a collection, or null if there is none. */
  synchronized @Nullable ResourceID dependent(WatchedCollection collection) {
    return entries.entrySet().stream()
        .filter(entry -> collection.covers(entry.getKey()))
        .map(entry -> entry.getValue().dependents.iterator().next())
        .findFirst()
        .orElse(null);
  }

  /** Records the beginning of a list, and returns its moment. */
  synchronized long listing() {
    return ++moments;
  }

  /**
   * Records a version that a list or a watch shows.
   *
   * @return whether resources may have read an older one
   */
  synchronized boolean seen(NamespacedSource source, SourceVersion version) {
    Tracked entry = entries.get(source);
    if (entry == null) {
      return false;
    }
    entry.listed = ++moments;
    return see(entry, version);
  }

  /** The first version is no change: whoever reads the source from now on reads no older one. */
  private static boolean see(Tracked entry, SourceVersion version) {
    SourceVersion before = entry.version;
    entry.watched = true;
    if (version.equals(before)) {
      return false;
    }
    entry.version = version;
    entry.changes++;
    return before != null;
  }

  /** Records the end of a list, and returns the sources that are gone since the one before. */
  synchronized List<NamespacedSource> listed(WatchedCollection collection, long since) {
    List<NamespacedSource> gone = new ArrayList<>();
    entries.forEach(
        (source, entry) -> {
          if (entry.listed < since
              && collection.covers(source)
              && see(entry, SourceVersion.ABSENT)) {
            gone.add(source);
          }
        });
    return gone;
  }

  /** The number of changes of a source so far, or -1 if no resource depends on it. */
  synchronized long changes(NamespacedSource source) {
    Tracked entry = entries.get(source);
    return entry == null ? -1 : entry.changes;
  }

  /**
   * Records a version that was read. Later ones are not recorded: other resources may still have
   * the values of the first one, and a watch that sees the later one has to trigger them.
   *
   * @param changesBefore the number of changes when the read began
   * @param live whether a watch has seen each change since then
   * @return whether the version may be older than what was seen meanwhile
   */
  synchronized boolean read(
      NamespacedSource source, SourceVersion version, long changesBefore, boolean live) {
    Tracked entry = entries.get(source);
    if (entry == null) {
      return false;
    }
    if (entry.version == null) {
      entry.version = version;
    }
    boolean same = version.equals(entry.version);
    entry.watched |= live && same;
    return !same && entry.changes != changesBefore;
  }

  /** The version that is current as long as the source is watched, or null if it is not known. */
  synchronized @Nullable SourceVersion watched(NamespacedSource source) {
    Tracked entry = entries.get(source);
    return entry == null || !entry.watched ? null : entry.values.of(entry.version);
  }

  /**
   * Records the values of a read.
   *
   * @param fingerprint the fingerprint of the values, or null where there is no object
   * @return the version of the values, which a change of metadata leaves as it was
   */
  synchronized SourceVersion valued(
      NamespacedSource source, SourceVersion version, @Nullable String fingerprint) {
    Tracked entry = entries.get(source);
    if (entry == null) {
      return version;
    }
    if (fingerprint == null) {
      entry.values.absent();
      return version;
    }
    return entry.values.read(version, fingerprint);
  }

  /** Whether all dependents know the same version of the values. */
  synchronized boolean isAnnounced(NamespacedSource source) {
    Tracked entry = entries.get(source);
    return entry != null && entry.values.isAnnounced();
  }

  /** Whether all dependents know this version of the values. */
  synchronized boolean isAnnounced(NamespacedSource source, SourceVersion version) {
    Tracked entry = entries.get(source);
    return entry != null && entry.values.isAnnounced(version);
  }

  /** Returns the dependents, which are to read the source again. */
  synchronized List<ResourceID> announce(NamespacedSource source) {
    Tracked entry = entries.get(source);
    if (entry == null) {
      return List.of();
    }
    entry.values.announcing();
    return List.copyOf(entry.dependents);
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("SourceIndex.entries", entries.size());
    sizes.add("SourceIndex.keys", keys.size());
  }
}
