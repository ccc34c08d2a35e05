package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The framework's cache over a map that a test changes. */
public record InMemoryCache(
    Map<ResourceID, LambdaFunctionConfig> resources,
    Map<String, Function<LambdaFunctionConfig, List<String>>> indexers)
    implements IndexerResourceCache<LambdaFunctionConfig> {

  /** The cache of these resources. */
  public InMemoryCache(Map<ResourceID, LambdaFunctionConfig> resources) {
    this(resources, new HashMap<>());
  }

  @Override
  public void addIndexers(Map<String, Function<LambdaFunctionConfig, List<String>>> added) {
    indexers.putAll(added);
  }

  @Override
  public List<LambdaFunctionConfig> byIndex(String index, String key) {
    Function<LambdaFunctionConfig, List<String>> indexer =
        Objects.requireNonNull(indexers.get(index));
    return resources.values().stream().filter(r -> indexer.apply(r).contains(key)).toList();
  }

  @Override
  public Optional<LambdaFunctionConfig> get(ResourceID id) {
    return Optional.ofNullable(resources.get(id));
  }

  @Override
  public Stream<ResourceID> keys() {
    return resources.keySet().stream();
  }

  @Override
  public Stream<LambdaFunctionConfig> list(Predicate<LambdaFunctionConfig> predicate) {
    return resources.values().stream().filter(predicate);
  }

  @Override
  public Stream<LambdaFunctionConfig> list(
      String namespace, Predicate<LambdaFunctionConfig> predicate) {
    return list(predicate).filter(r -> r.getMetadata().getNamespace().equals(namespace));
  }
}
