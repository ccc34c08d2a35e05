package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.environment.ResolvedEnvironment;
import dev.lambdaconfig.values.ReadPlaces;
import dev.lambdaconfig.values.ValueSources;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The values that specs refer to, read anew for each reconcile: nothing of them is kept between
 * two.
 */
public final class ReferencedValues implements StateSizes.Source, AutoCloseable {

  private final ValueSources sources;
  private final ReadPlaces places;

  /**
   * Reads the given sources.
   *
   * @param places the places of the reconciles that do
   */
  public ReferencedValues(ValueSources sources, ReadPlaces places) {
    this.sources = sources;
    this.places = places;
  }

  /**
   * Whether the values of a valid spec may be read now. If so, {@link #read} has to follow; if not,
   * a grant does.
   */
  public boolean mayRead(LambdaFunctionConfig resource, LambdaFunctionConfigSpec spec) {
    return ResolvedEnvironment.sources(spec.environment()).isEmpty()
        || places.tryEnter(ResourceID.fromResource(resource));
  }

  /**
   * The settings of a valid spec, with the values of the Secrets and ConfigMaps that it refers to
   * as they are now. From here on, a change of one of them triggers a reconcile of the resource.
   *
   * @param declared the settings without these values
   * @throws dev.lambdaconfig.kube.ApiServerBusyException if the API server could not answer
   */
  public Desired read(
      LambdaFunctionConfig resource, LambdaFunctionConfigSpec spec, Desired declared) {
    try {
      return readInPlace(resource, spec, declared);
    } finally {
      places.leave(ResourceID.fromResource(resource));
    }
  }

  private Desired readInPlace(
      LambdaFunctionConfig resource, LambdaFunctionConfigSpec spec, Desired declared) {
    Set<SourceKey> keys = ResolvedEnvironment.sources(spec.environment());
    // Before the read, or a change in between would be missed.
    sources.depends(ResourceID.fromResource(resource), keys);
    if (keys.isEmpty()) {
      return declared;
    }
    String namespace = resource.getMetadata().getNamespace();
    Map<SourceKey, ValueSource> needed = new HashMap<>();
    for (SourceKey key : keys) {
      // One by one: a hundred objects of a megabyte each do not fit the memory together.
      sources
          .read(namespace, Set.of(key))
          .forEach(
              (same, read) ->
                  needed.put(same, ResolvedEnvironment.needed(spec.environment(), same, read)));
    }
    return declared.resolving(spec, needed);
  }

  /**
   * Whether sources are certain to have these versions still. Where no watch shows each of them, it
   * is not known, and false.
   */
  public boolean areCurrent(String namespace, SourceVersions read) {
    Map<SourceKey, SourceVersion> versions = read.versions();
    return sources.versions(namespace, versions.keySet()).equals(versions);
  }

  /** The number of watches of sources that are lacking, by a right or by the limit of watches. */
  public long unwatched() {
    return sources.unwatched();
  }

  @Override
  public void sizes(StateSizes sizes) {
    sources.sizes(sizes);
    places.sizes(sizes);
  }

  /** Notices no further change. */
  @Override
  public void close() {
    sources.close();
  }

  /** Forgets what a resource depends on. */
  public void forget(ResourceID resource) {
    sources.depends(resource, Set.of());
    places.leave(resource);
  }

  /** An action on a resource that is gone, which also forgets what it depends on. */
  public Consumer<ResourceID> forgetting(Consumer<ResourceID> action) {
    return resource -> {
      action.accept(resource);
      forget(resource);
    };
  }
}
