package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.SpecNames;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.Target;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The framework's cache of all resources, with an index of the functions that they name. It is
 * complete before the first reconcile, but for namespaces that are added later, and empty before
 * the framework has connected it.
 */
public final class ResourceCache implements StateSizes.Source {

  private static final String INDEX = "function";

  /**
   * The buckets of the index. A set for each function would take as much as all else that is kept
   * of a resource, and with few resources for each bucket the search is as good.
   */
  private static final int BUCKETS = 1 << 15;

  private final Targets targets;

  /** Unknown to those who name functions, so that nobody can fill one bucket. */
  private final long seed = new SplittableRandom().nextLong() | 1;

  private final AtomicReference<@Nullable IndexerResourceCache<LambdaFunctionConfig>> cache =
      new AtomicReference<>();

  /** The namespaces that came to be watched after the start, while they are listed. */
  private final Set<String> arriving = ConcurrentHashMap.newKeySet();

  /** Indexes the functions that resources resolve to. */
  public ResourceCache(Targets targets) {
    this.targets = targets;
  }

  /** Connects the framework's cache, before anything is in it. */
  public void connect(IndexerResourceCache<LambdaFunctionConfig> connected) {
    connected.addIndexer(INDEX, this::buckets);
    cache.set(connected);
  }

  /** The resource of a name, if there is one. */
  public Optional<LambdaFunctionConfig> get(ResourceID id) {
    IndexerResourceCache<LambdaFunctionConfig> connected = cache.get();
    return connected == null ? Optional.empty() : connected.get(id);
  }

  /** Whether there is a resource of the name; as long as nothing is connected, there may be. */
  public boolean mayContain(ResourceID id) {
    IndexerResourceCache<LambdaFunctionConfig> connected = cache.get();
    return connected == null || connected.get(id).isPresent();
  }

  /** Whether the cache has all resources of a namespace that is watched. */
  public boolean isComplete(String namespace) {
    return !arriving.contains(namespace);
  }

  /**
   * Adds the resources of one more namespace.
   *
   * @param list returns when the cache has them all, or throws
   */
  public void add(String namespace, Runnable list) {
    arriving.add(namespace);
    try {
      list.run();
    } finally {
      arriving.remove(namespace);
    }
  }

  /** Whether this very resource is there, and not another one of its name. */
  public boolean contains(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    return get(ResourceID.fromResource(resource))
        .filter(cached -> uid.equals(cached.getMetadata().getUid()))
        .isPresent();
  }

  /** All resources. */
  public Stream<LambdaFunctionConfig> list() {
    IndexerResourceCache<LambdaFunctionConfig> connected = cache.get();
    return connected == null ? Stream.empty() : connected.list();
  }

  @Override
  public void sizes(StateSizes sizes) {
    IndexerResourceCache<LambdaFunctionConfig> connected = cache.get();
    sizes.add("ResourceCache.cache", connected == null ? 0 : connected.keys().count());
  }

  /** The resources that name a function of this Region and name. */
  public List<LambdaFunctionConfig> naming(FunctionKey function) {
    return candidates(function).filter(resource -> function.equals(function(resource))).toList();
  }

  /** Whether a resource names a function beside one, whose spec need not be decoded. */
  public boolean isNamedBeside(FunctionKey function, String uid) {
    return candidates(function)
        .filter(resource -> !uid.equals(resource.getMetadata().getUid()))
        .anyMatch(resource -> function.equals(function(resource)));
  }

  private Stream<LambdaFunctionConfig> candidates(FunctionKey function) {
    int hash = hash(function);
    return Objects.requireNonNull(cache.get()).byIndex(INDEX, bucket(hash)).stream()
        .filter(resource -> resource.targetHash() == hash || resource.targetHash() == 0);
  }

  /** The Region and name of the function that a resource names, or null if it names none. */
  public @Nullable FunctionKey function(LambdaFunctionConfig resource) {
    SpecNames names = resource.specNames();
    Target target = names == null ? null : targets.resolve(names).target();
    return target == null ? null : target.key();
  }

  /**
   * The index keys of a resource. One that names no function has none: its own reconcile reports
   * the problem.
   */
  private List<String> buckets(LambdaFunctionConfig resource) {
    int known = resource.targetHash();
    if (known != 0) {
      // The cache also asks for the keys of a version that it removes.
      return List.of(bucket(known));
    }
    FunctionKey function = function(resource);
    if (function == null) {
      return List.of();
    }
    int hash = hash(function);
    resource.targetHash(hash);
    return List.of(bucket(hash));
  }

  private static String bucket(int hash) {
    return String.valueOf(hash & (BUCKETS - 1));
  }

  private int hash(FunctionKey function) {
    String text = function.text();
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * seed;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }
}
