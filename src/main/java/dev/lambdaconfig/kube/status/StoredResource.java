package dev.lambdaconfig.kube.status;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.StoredMetadata;
import dev.lambdaconfig.kube.StoredReads;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
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

  private static final TypeReference<DefaultKubernetesResourceList<LambdaFunctionConfig>> LIST =
      new TypeReference<>() {};

  /** Reads a resource, or returns null where there is none with this name and UID. */
  static @Nullable StoredResource read(
      StoredReads reads, KubernetesSerialization lean, LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    return reads.read(resource, text -> in(text, uid, lean));
  }

  /** Finds the resource of a UID in a list, as the API server returns it. */
  static @Nullable StoredResource in(String list, String uid, KubernetesSerialization lean) {
    StoredMetadata metadata = StoredMetadata.in(list);
    if (metadata == null) {
      return null;
    }
    LambdaFunctionConfig read = lean.unmarshal(list, LIST).getItems().getFirst();
    return Objects.equals(read.getMetadata().getUid(), uid)
        ? of(read, metadata.statusManagers())
        : null;
  }

  private static StoredResource of(
      LambdaFunctionConfig read, List<StoredMetadata.StatusManager> managers) {
    Set<String> others = new TreeSet<>();
    boolean written = false;
    for (StoredMetadata.StatusManager manager : managers) {
      if (!manager.name().equals(ServerSideApplyStatusStore.FIELD_MANAGER)) {
        others.add(manager.name());
      } else if (manager.operation().equals("Apply")) {
        written = manager.ownsGeneration();
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
