package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Connected caches for tests. */
public final class ResourceCaches {

  private ResourceCaches() {}

  /** The cache of an operator whose default Region is eu-west-1. */
  public static ResourceCache of(LambdaFunctionConfig... resources) {
    ResourceCache cache =
        new ResourceCache(new Targets(new KnownRegions(Set.of(), SdkRegions::all, "eu-west-1")));
    Map<ResourceID, LambdaFunctionConfig> byName =
        Stream.of(resources)
            .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    cache.connect(new InMemoryCache(byName));
    return cache;
  }
}
