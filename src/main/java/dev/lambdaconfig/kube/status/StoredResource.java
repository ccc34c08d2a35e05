package dev.lambdaconfig.kube.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StoredJson;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the API server stores it, with the writers of its status, because the cache has no
 * managed fields.
 *
 * @param resource the resource
 * @param otherManagers the field managers besides this operator's that own a part of the status
 * @param written whether this operator, or another one of its kind, has written the status
 */
record StoredResource(LambdaFunctionConfig resource, Set<String> otherManagers, boolean written) {

  private static final String FIELDS = "f:status";

  /**
   * The parser of stored resources: a tenant's names must neither make it fail nor fill its table
   * of names.
   */
  private static final ObjectMapper JSON = new ObjectMapper(StoredJson.factory());

  private static final TypeReference<DefaultKubernetesResourceList<LambdaFunctionConfig>> LIST =
      new TypeReference<>() {};

  /**
   * Reads a resource, or returns null where there is none with this name and UID.
   *
   * <p>It is read by a list of one name, which the API server reads like a single object: the
   * operator has the permission to list and needs no other one.
   */
  static @Nullable StoredResource read(KubernetesClient client, LambdaFunctionConfig resource) {
    String text =
        client.raw(
            "/apis/"
                + LambdaFunctionConfig.API_VERSION
                + "/namespaces/"
                + resource.getMetadata().getNamespace()
                + "/lambdafunctionconfigs?fieldSelector=metadata.name%3D"
                + resource.getMetadata().getName());
    return text == null
        ? null
        : in(text, resource.getMetadata().getUid(), client.getKubernetesSerialization());
  }

  /** Finds the resource of a UID in a list, as the API server returns it. */
  static @Nullable StoredResource in(String list, String uid, KubernetesSerialization lean) {
    JsonNode item = item(list);
    if (item == null) {
      return null;
    }
    // The text is read, not the tree: nothing has to write what a tenant has nested deeply.
    LambdaFunctionConfig read = lean.unmarshal(list, LIST).getItems().getFirst();
    return Objects.equals(read.getMetadata().getUid(), uid)
        ? of(read, item.at("/metadata/managedFields"))
        : null;
  }

  private static @Nullable JsonNode item(String list) {
    try {
      return JSON.readTree(list).path("items").get(0);
    } catch (JsonProcessingException e) {
      // The message of the cause repeats what it could not read.
      throw new KubernetesClientException("the API server's answer is not JSON");
    }
  }

  private static StoredResource of(LambdaFunctionConfig read, JsonNode managers) {
    Set<String> others = new TreeSet<>();
    boolean written = false;
    for (JsonNode entry : managers) {
      JsonNode fields = entry.path("fieldsV1").path(FIELDS);
      if (!entry.path("subresource").asText().equals("status") || fields.isEmpty()) {
        continue;
      }
      String manager = entry.path("manager").asText();
      if (!manager.equals(ServerSideApplyStatusStore.FIELD_MANAGER)) {
        others.add(manager);
      } else if (entry.path("operation").asText().equals("Apply")) {
        written = fields.has("f:observedGeneration");
      }
    }
    return new StoredResource(read, others, written);
  }

  @Nullable LambdaFunctionConfigStatus status() {
    return resource.getStatus();
  }

  String resourceVersion() {
    return resource.getMetadata().getResourceVersion();
  }

  /** Whether the spec and the deletion of the resource are unchanged. */
  boolean isSameAs(LambdaFunctionConfig other) {
    return Objects.equals(
            resource.getMetadata().getGeneration(), other.getMetadata().getGeneration())
        && resource.isMarkedForDeletion() == other.isMarkedForDeletion();
  }

  /**
   * Whether no operator wrote the status: it has fields of others, lacks one that each operator
   * writes, or moves the pin to another function.
   *
   * @param ours the last status that is known to be an operator's
   */
  boolean isForged(@Nullable LambdaFunctionConfigStatus ours) {
    String pinned = ours == null ? null : ours.functionArn;
    LambdaFunctionConfigStatus status = status();
    return !written
        || !otherManagers.isEmpty()
        || status == null
        || (pinned != null && !pinned.equals(status.functionArn));
  }
}
