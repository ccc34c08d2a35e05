package dev.lambdaconfig.deploy;

import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** What {@code kubectl apply --server-side --validate=strict --dry-run=server} asks. */
final class StrictDryRun {

  private StrictDryRun() {}

  /**
   * Has the API server judge an object, and store nothing.
   *
   * @return the object as it would be stored
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it refuses the object
   */
  static GenericKubernetesResource of(ApiServer server, GenericKubernetesResource object) {
    return server
        .client()
        .resource(object)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("deploy-test")
                .withForce(true)
                .withFieldValidation("Strict")
                .withDryRun(List.of("All"))
                .build());
  }
}
