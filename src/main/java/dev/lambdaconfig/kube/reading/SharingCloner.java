package dev.lambdaconfig.kube.reading;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies resources out of the cache. A copy shares what is compressed, and decodes it once; a copy
 * by way of JSON would lose the problem of a spec that could not be read.
 */
public final class SharingCloner implements Cloner {

  private final KubernetesSerialization json;

  /** Creates a cloner that copies other kinds by way of this JSON. */
  public SharingCloner(KubernetesSerialization json) {
    this.json = json;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R extends HasMetadata> R clone(R resource) {
    return resource instanceof LambdaFunctionConfig own ? (R) own.copy() : json.clone(resource);
  }
}
