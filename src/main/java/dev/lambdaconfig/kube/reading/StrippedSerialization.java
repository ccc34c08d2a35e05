package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.ResourceDeserializer;
import dev.lambdaconfig.api.StoredJson;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads from the API server only what the operator uses: {@code managedFields}, kubectl's copy of
 * the manifest and other metadata weigh more than the rest of a resource, and every cache would
 * hold them. Spec and status of the operator's own resources are compressed as soon as they are
 * read. Nothing that the API server stores makes the reading fail.
 *
 * <p>A resource that was read must therefore never be sent back as a whole. The operator applies
 * fresh objects and patches.
 *
 * <p>It is no {@code ItemStore} of the informer: the framework (5.2.3) gives the same store to the
 * informers of all watched namespaces, and each would remove what the others read.
 */
public final class StrippedSerialization {

  private StrippedSerialization() {}

  /** Creates what reads a resource of the operator's own kind. */
  public static ResourceDeserializer resources() {
    return new ResourceDeserializer(new StrippedMetadata());
  }

  /** Creates a mapper that reads resources as the operator does, without a client. */
  public static ObjectMapper mapper() {
    ResourceDeserializer resources = resources();
    return mapper(resources, resources);
  }

  /**
   * Creates a mapper that reads resources as the operator does.
   *
   * @param resources reads the resource of an event of a watch
   * @param items reads all others, such as the items of a list
   */
  public static ObjectMapper mapper(
      ResourceDeserializer resources, JsonDeserializer<LambdaFunctionConfig> items) {
    ObjectMapper json = new ObjectMapper(YamlSafeJson.writtenBy(StoredJson.factory()));
    json.addMixIn(ObjectMeta.class, WithoutManagers.class);
    json.registerModule(
        new SimpleModule()
            .addDeserializer(LambdaFunctionConfig.class, items)
            .addDeserializer(WatchEvent.class, new WatchEventDeserializer(resources)));
    return json;
  }

  /** Creates a serialization, for one client. */
  public static KubernetesSerialization create() {
    return create(mapper());
  }

  /**
   * Creates a serialization, for one client.
   *
   * @param mapper reads resources as the operator does
   */
  public static KubernetesSerialization create(ObjectMapper mapper) {
    // The search for all existing kinds would load some hundred classes, of which the events of a
    // watch need these; a kind that is not registered is read into a map, and converted.
    KubernetesSerialization lean = new DirectSerialization(mapper);
    lean.registerKubernetesResource(LambdaFunctionConfig.class);
    lean.registerKubernetesResource(Status.class);
    return lean;
  }

  @JsonIgnoreProperties("managedFields")
  interface WithoutManagers {}
}
