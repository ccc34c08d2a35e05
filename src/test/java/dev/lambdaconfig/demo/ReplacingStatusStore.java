package dev.lambdaconfig.demo;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Writes statuses by replacing them, for a server that knows no server-side apply. */
final class ReplacingStatusStore implements StatusStore {

  private final KubernetesClient client;
  private final Map<String, Known> written = new ConcurrentHashMap<>();

  ReplacingStatusStore(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Known known(LambdaFunctionConfig resource) {
    String version = resource.getMetadata().getResourceVersion();
    Known own = written.get(resource.getMetadata().getUid());
    return own != null && Long.parseLong(version) < Long.parseLong(own.resourceVersion())
        ? own
        : new Known(resource.getStatus(), version);
  }

  @Override
  public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
    Known known = known(resource);
    if (Objects.equals(known.status(), status)) {
      return Written.DONE;
    }
    LambdaFunctionConfig fresh = new LambdaFunctionConfig();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .withResourceVersion(known.resourceVersion())
            .build());
    fresh.setSpec(resource.getSpec());
    fresh.setStatus(status);
    try {
      LambdaFunctionConfig after = client.resource(fresh).updateStatus();
      written.put(
          resource.getMetadata().getUid(),
          new Known(status, after.getMetadata().getResourceVersion()));
      return Written.DONE;
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Written.STALE;
        case HttpURLConnection.HTTP_NOT_FOUND -> Written.GONE;
        default -> throw e;
      };
    }
  }

  @Override
  public void forget(LambdaFunctionConfig resource) {
    written.remove(resource.getMetadata().getUid());
  }
}
