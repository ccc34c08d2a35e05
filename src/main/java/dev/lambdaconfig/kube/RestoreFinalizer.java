package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;

/**
 * The finalizer that holds up a deletion until fields are back to what they were. It is the only
 * thing outside of the status that the operator writes, and touches nobody else's finalizers.
 */
public final class RestoreFinalizer {

  /** What stands in {@code metadata.finalizers}. */
  public static final String NAME = "lambdaconfig.dev/restore";

  /** Its own field manager: whoever else applies the resource does not take it away. */
  private static final String FIELD_MANAGER = "lambda-config-operator-restore";

  private static final int UNPROCESSABLE = 422;

  /** Read as it is, without what {@link StrippedSerialization} does to resources. */
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup(LambdaFunctionConfig.GROUP)
          .withVersion(LambdaFunctionConfig.VERSION)
          .withKind("LambdaFunctionConfig")
          .withPlural("lambdafunctionconfigs")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;

  /** Writes through the given client. */
  public RestoreFinalizer(KubernetesClient client) {
    this.client = client;
  }

  public static boolean isOn(LambdaFunctionConfig resource) {
    return resource.hasFinalizer(NAME);
  }

  /**
   * Adds it, unless the resource is gone or going: the cache tells what came of it.
   *
   * @throws KubernetesClientException if the API server refuses it, 403 without the right to
   */
  public void add(LambdaFunctionConfig resource) {
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            // Without it, a resource that is gone would be made anew.
            .withUid(resource.getMetadata().getUid())
            .withFinalizers(NAME)
            .build());
    unlessChanged(
        () ->
            client
                .resource(fresh)
                .patch(
                    new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(FIELD_MANAGER)
                        .withForce(true)
                        .build()));
  }

  /**
   * Removes it, whoever else says that it should be there, unless the finalizers changed meanwhile.
   *
   * @return whether it is off; else it has to be tried again
   * @throws KubernetesClientException if the API server refuses it, 403 without the right to
   */
  public boolean remove(LambdaFunctionConfig resource) {
    int at = place(resource);
    if (at < 0) {
      return true;
    }
    String path = "/metadata/finalizers/" + at;
    String patch =
        """
        [{"op": "test", "path": "/metadata/uid", "value": "%s"},
         {"op": "test", "path": "%s", "value": "%s"},
         {"op": "remove", "path": "%s"}]
        """
            .formatted(resource.getMetadata().getUid(), path, NAME, path);
    return unlessChanged(
        () ->
            client
                .resource(resource)
                .patch(
                    new PatchContext.Builder()
                        .withPatchType(PatchType.JSON)
                        .withFieldManager(FIELD_MANAGER)
                        .build(),
                    patch));
  }

  /**
   * Where it stands in the list as it is stored: the cache knows of no other finalizers. By a list,
   * for the operator has no right to get.
   */
  private int place(LambdaFunctionConfig resource) {
    return client
        .genericKubernetesResources(KIND)
        .inNamespace(resource.getMetadata().getNamespace())
        .withField("metadata.name", resource.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .findFirst()
        .map(stored -> stored.getMetadata().getFinalizers().indexOf(NAME))
        .orElse(-1);
  }

  private static boolean unlessChanged(Runnable patch) {
    try {
      patch.run();
      return true;
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND -> true;
        case HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE -> false;
        default -> throw e;
      };
    }
  }
}
