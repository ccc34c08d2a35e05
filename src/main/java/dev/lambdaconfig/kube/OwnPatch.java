package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The patches that the operator sends of its own resources, which are never sent as a whole. */
public final class OwnPatch {

  private OwnPatch() {}

  /** A server-side apply by a field manager, which takes over what others own of its fields. */
  public static PatchContext apply(String fieldManager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(fieldManager)
        .withForce(true)
        .build();
  }

  /** A JSON patch by a field manager. */
  public static PatchContext json(String fieldManager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.JSON)
        .withFieldManager(fieldManager)
        .build();
  }

  /**
   * The metadata by which an apply names a resource. Without the UID, it would create a resource
   * that is gone anew.
   */
  public static ObjectMetaBuilder metadata(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    return new ObjectMetaBuilder()
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid());
  }
}
