package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Secrets and ConfigMaps of one namespace, held by a test. */
public final class InMemoryValueSources implements ValueSources {

  private final Map<SourceKey, ValueSource> sources = new ConcurrentHashMap<>();
  private final Map<ResourceID, Set<SourceKey>> dependencies = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** Creates a source, or gives it other values, in a new version. */
  public void put(SourceKey key, Map<String, String> values) {
    sources.compute(
        key,
        (same, before) ->
            new ValueSource.Present(
                new SourceVersion(uid(before), "" + version.incrementAndGet()),
                new TreeMap<>(values),
                new TreeMap<>()));
  }

  /** Makes a source anything else, such as denied. */
  public void put(SourceKey key, ValueSource source) {
    sources.put(key, source);
  }

  /** Deletes a source. */
  public void remove(SourceKey key) {
    sources.remove(key);
  }

  private String uid(@Nullable ValueSource before) {
    String known = before == null ? null : before.version().uid();
    return known == null ? "uid-" + version.get() : known;
  }

  /** The number of sources that were read. */
  public int reads() {
    return reads.get();
  }

  /** The sources that a resource depends on. */
  public Set<SourceKey> dependencies(ResourceID resource) {
    return dependencies.getOrDefault(resource, Set.of());
  }

  @Override
  public Map<SourceKey, ValueSource> read(String namespace, Set<SourceKey> keys) {
    Map<SourceKey, ValueSource> read = new HashMap<>();
    keys.forEach(key -> read.put(key, sources.getOrDefault(key, ValueSource.ABSENT)));
    reads.addAndGet(keys.size());
    return read;
  }

  @Override
  public Map<SourceKey, SourceVersion> versions(String namespace, Set<SourceKey> keys) {
    Map<SourceKey, SourceVersion> versions = new HashMap<>();
    keys.forEach(key -> versions.put(key, sources.getOrDefault(key, ValueSource.ABSENT).version()));
    return versions;
  }

  @Override
  public long unwatched() {
    return 0;
  }

  @Override
  public void sizes(StateSizes sizes) {}

  @Override
  public void close() {}

  @Override
  public void depends(ResourceID resource, Set<SourceKey> keys) {
    if (keys.isEmpty()) {
      dependencies.remove(resource);
    } else {
      dependencies.put(resource, new TreeSet<>(keys));
    }
  }
}
