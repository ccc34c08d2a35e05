package dev.lambdaconfig.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StoredJson;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads from the API server only what the operator looks at: {@code managedFields}, kubectl's copy
 * of the manifest and whatever else hangs on a resource weigh more than all the rest of it, and
 * every cache would hold them. Nothing that the API server stores fails the reading.
 *
 * <p>So what was read must never be sent back as a whole. The operator applies fresh objects and
 * patches.
 *
 * <p>Not an {@code ItemStore} of the informer: the framework (5.2.3) gives one and the same store
 * to the informers of all watched namespaces, and each would throw out what the others read.
 */
public final class StrippedSerialization {

  private StrippedSerialization() {}

  /** A new serialization, for one client. */
  public static KubernetesSerialization create() {
    ObjectMapper json = new ObjectMapper(StoredJson.factory());
    json.addMixIn(ObjectMeta.class, WithoutManagers.class);
    json.addMixIn(LambdaFunctionConfig.class, WithLeanMetadata.class);
    // Looking for all kinds that there are would load some hundred classes, of which the events of
    // a watch need these; what is not registered is read into a map, and converted.
    KubernetesSerialization lean = new KubernetesSerialization(json, false);
    lean.registerKubernetesResource(LambdaFunctionConfig.class);
    lean.registerKubernetesResource(Status.class);
    return lean;
  }

  @JsonIgnoreProperties("managedFields")
  interface WithoutManagers {}

  interface WithLeanMetadata {
    @JsonDeserialize(using = StrippedMetadata.class)
    void setMetadata(ObjectMeta metadata);
  }
}
