package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.CompressedStatus;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.OwnPatch;
import dev.lambdaconfig.kube.StoredReads;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The requests that write a status: a server-side apply of a fresh object, and the removal of what
 * others wrote beside it. Thread-safe.
 */
final class StatusApply {

  /**
   * Maximum number of concurrent writes: more would only wait for each other in the API server, and
   * each answer is a whole resource, of three megabytes if a tenant wants it so.
   */
  private static final int MAX_CONCURRENT = 16;

  private static final int UNPROCESSABLE = 422;

  /**
   * The codes of a removal from a resource that is gone, or that has changed since it was read: a
   * failed test of a JSON patch is 422.
   */
  private static final Set<Integer> CHANGED_AGAIN =
      Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE);

  private final KubernetesClient client;
  private final StoredReads reads;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

  StatusApply(KubernetesClient client, StoredReads reads) {
    this.client = client;
    this.reads = reads;
  }

  /**
   * Writes a status.
   *
   * @param resourceVersion the version that the write is based on
   * @param compressed the same status, compressed
   * @return the resource afterwards; where another writer changed it before the removal, as it was
   *     before that, so that the change counts as later
   * @throws KubernetesClientException if the API server refuses it, with 409 if the resource has
   *     another version
   */
  LambdaFunctionConfig write(
      LambdaFunctionConfig resource,
      String resourceVersion,
      LambdaFunctionConfigStatus status,
      CompressedStatus compressed) {
    LambdaFunctionConfig after = apply(fresh(resource, resourceVersion, status));
    if (compressed.equals(after.compressedStatus())) {
      return after;
    }
    LambdaFunctionConfig cleared = cleared(after, status);
    return cleared != null && compressed.equals(cleared.compressedStatus()) ? cleared : after;
  }

  /**
   * Removes what others wrote where that may be why a status was refused: of a condition that they
   * own in part, an apply takes away the operator's members only, and leaves one that lacks them.
   *
   * @return whether anything was removed, so that another attempt is worthwhile
   */
  boolean clearedAfter(
      KubernetesClientException refusal,
      LambdaFunctionConfig resource,
      LambdaFunctionConfigStatus status) {
    return refusal.getCode() == UNPROCESSABLE && cleared(resource, status) != null;
  }

  /**
   * Removes what other managers wrote, because an apply leaves what others own.
   *
   * @return the resource afterwards; null if there was nothing, or if the resource has changed
   *     again, which the watch delivers
   */
  private @Nullable LambdaFunctionConfig cleared(
      LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    String uid = resource.getMetadata().getUid();
    String patch = reads.read(resource, list -> StatusExcess.patch(list, uid, status));
    if (patch == null) {
      return null;
    }
    try {
      // By its name alone, the client would read the resource first, which RBAC does not allow.
      return client
          .resource(resource)
          .subresource("status")
          .patch(OwnPatch.json(ServerSideApplyStatusStore.FIELD_MANAGER), patch);
    } catch (KubernetesClientException e) {
      if (CHANGED_AGAIN.contains(e.getCode())) {
        return null;
      }
      throw e;
    }
  }

  private LambdaFunctionConfig apply(LambdaFunctionConfig fresh) {
    permits.acquireUninterruptibly();
    try {
      return client
          .resource(fresh)
          .subresource("status")
          .patch(OwnPatch.apply(ServerSideApplyStatusStore.FIELD_MANAGER));
    } finally {
      permits.release();
    }
  }

  private static LambdaFunctionConfig fresh(
      LambdaFunctionConfig resource, String resourceVersion, LambdaFunctionConfigStatus status) {
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(OwnPatch.metadata(resource).withResourceVersion(resourceVersion).build());
    fresh.setStatus(status);
    return fresh;
  }
}
