package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.CompressedStatus;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.OwnPatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

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

  /** The codes of a removal from a resource that is gone, or that lacks the member by now. */
  private static final Set<Integer> CHANGED_AGAIN =
      Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE);

  private final KubernetesClient client;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

  StatusApply(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes a status.
   *
   * @param resourceVersion the version that the write is based on
   * @param compressed the same status, compressed
   * @return the resource afterwards
   * @throws KubernetesClientException if the API server refuses it, with 409 if the resource has
   *     another version
   */
  LambdaFunctionConfig write(
      LambdaFunctionConfig resource,
      String resourceVersion,
      LambdaFunctionConfigStatus status,
      CompressedStatus compressed) {
    LambdaFunctionConfig after = apply(fresh(resource, resourceVersion, status));
    return compressed.equals(after.compressedStatus()) ? after : cleared(after, status);
  }

  /**
   * Removes members that other managers wrote, because an apply leaves what others own.
   *
   * @return the resource afterwards; unchanged if it has changed again, which the watch delivers
   */
  private LambdaFunctionConfig cleared(
      LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    List<String> members = StatusSchema.membersBeyond(resource.getStatus(), status);
    if (members.isEmpty()) {
      return resource;
    }
    String patch =
        members.stream()
            .map(member -> "{\"op\":\"remove\",\"path\":\"/status/" + member + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    try {
      // By its name alone, the client would read the resource first, which RBAC does not allow.
      return client
          .resource(resource)
          .subresource("status")
          .patch(OwnPatch.json(ServerSideApplyStatusStore.FIELD_MANAGER), patch);
    } catch (KubernetesClientException e) {
      if (CHANGED_AGAIN.contains(e.getCode())) {
        return resource;
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
