package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Writes statuses by server-side apply of a fresh object: only what this operator says is in it, so
 * nobody else's fields are touched, and what it no longer says goes away. It carries the
 * resourceVersion that it was made from, so that it cannot overwrite what it has not seen.
 */
public final class ServerSideApplyStatusStore implements StatusStore {

  /** The field manager of everything that the operator writes. */
  public static final String FIELD_MANAGER = "lambda-config-operator";

  /** More at a time would only wait for each other in the API server. */
  private static final int AT_A_TIME = 32;

  private final KubernetesClient client;
  private final Semaphore underWay = new Semaphore(AT_A_TIME);

  /** Our own last write by UID, until the cache has caught up with it. */
  private final Map<String, Known> written = new ConcurrentHashMap<>();

  /** Writes through the given client. */
  public ServerSideApplyStatusStore(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    String version = resource.getMetadata().getResourceVersion();
    String uid = resource.getMetadata().getUid();
    Known own = written.get(uid);
    if (own != null && isBehind(version, own.resourceVersion())) {
      return own;
    }
    if (own != null) {
      // The cache has it by now, and one copy is enough.
      written.remove(uid, own);
    }
    return new Known(resource.getStatus(), version);
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    Known known = known(resource);
    if (Objects.equals(known.status(), status)) {
      return Written.DONE;
    }
    try {
      LambdaFunctionConfig after = apply(fresh(resource, known.resourceVersion(), status));
      written.put(
          resource.getMetadata().getUid(),
          new Known(status, after.getMetadata().getResourceVersion()));
      return Written.DONE;
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Written.CONFLICT;
        case HttpURLConnection.HTTP_NOT_FOUND -> Written.GONE;
        // No answer at all: it tells of the network, and repeats nothing.
        case 0 -> throw e;
        default -> throw new StatusRefusedException(resource, e);
      };
    }
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    written.remove(resource.getMetadata().getUid());
  }

  private LambdaFunctionConfig apply(LambdaFunctionConfig fresh) {
    underWay.acquireUninterruptibly();
    try {
      return client
          .resource(fresh)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(FIELD_MANAGER)
                  .withForce(true)
                  .build());
    } finally {
      underWay.release();
    }
  }

  private static LambdaFunctionConfig fresh(
      LambdaFunctionConfig resource, String resourceVersion, LambdaFunctionConfigStatus status) {
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .withUid(resource.getMetadata().getUid())
            .withResourceVersion(resourceVersion)
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  /**
   * Whether the cache has not seen our last write. Versions are opaque by contract and numbers in
   * fact; where one is not, the cache is believed, and the API server tells if that was wrong.
   */
  private static boolean isBehind(String cached, String own) {
    try {
      return Long.parseLong(cached) < Long.parseLong(own);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
