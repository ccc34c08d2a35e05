package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies resources out of the cache. The spec is shared, for nobody changes it; by way of JSON one
 * that could not be read would lose what is wrong with it, and come back as another one.
 */
public final class ResourceCopies implements Cloner {

  private final KubernetesSerialization json;

  /** Copies by way of this JSON what is not shared. */
  public ResourceCopies(KubernetesSerialization json) {
    this.json = json;
  }

  @Override
  public <R extends HasMetadata> R clone(R resource) {
    R copy = json.clone(resource);
    if (copy instanceof LambdaFunctionConfig own && resource instanceof LambdaFunctionConfig from) {
      own.setSpec(from.getSpec());
    }
    return copy;
  }
}
