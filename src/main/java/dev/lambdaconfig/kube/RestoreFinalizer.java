package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * The finalizer that delays a deletion until the fields are restored. Besides the status it is the
 * only thing that the operator writes, and it touches nobody else's finalizers.
 */
public final class RestoreFinalizer {

  /** The entry in {@code metadata.finalizers}. */
  public static final String NAME = "lambdaconfig.dev/restore";

  /** The field manager of the finalizer: whoever else applies the resource does not remove it. */
  private static final String FIELD_MANAGER = "lambda-config-operator-restore";

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final StoredReads reads;

  /** Creates a finalizer that is written through the given client. */
  public RestoreFinalizer(KubernetesClient client) {
    this.client = client;
    this.reads = new StoredReads(client);
  }

  /** Whether the resource has this finalizer. */
  public static boolean isOn(LambdaFunctionConfig resource) {
    return resource.hasFinalizer(NAME);
  }

  /**
   * Adds the finalizer, unless the resource is gone or being deleted: the cache shows the result.
   *
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
   */
  public void add(LambdaFunctionConfig resource) {
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(OwnPatch.metadata(resource).withFinalizers(NAME).build());
    unlessChanged(() -> client.resource(fresh).patch(OwnPatch.apply(FIELD_MANAGER)));
  }

  /**
   * Removes the finalizer, whoever else declares it, unless the finalizers changed meanwhile.
   *
   * @return whether it is removed; else the caller has to try again
   * @throws KubernetesClientException if the API server refuses it, 403 without the permission
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
        () -> client.resource(resource).patch(OwnPatch.json(FIELD_MANAGER), patch));
  }

  /** The position in the stored list, because the cache knows no other finalizers; or -1. */
  private int place(LambdaFunctionConfig resource) {
    StoredMetadata stored = reads.read(resource, StoredMetadata::in);
    return stored == null ? -1 : stored.restoreFinalizer();
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
