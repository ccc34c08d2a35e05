package dev.lambdaconfig.values;

import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets and ConfigMaps, a few at a time and in the order of the callers: one can have a
 * megabyte.
 */
public final class SourceReader {

  /** One for each place of a reconcile, and for each change that is read before it is passed on. */
  private static final int MOST_AT_A_TIME = ReadPlaces.MOST + ChangeDebounce.MOST_AT_A_TIME;

  private final KubernetesClient client;
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME, true);

  /** Reads through a client, by its rights. */
  public SourceReader(KubernetesClient client) {
    this.client = client;
  }

  /** Whether there can be a source of this name; any other one could lead to another API path. */
  public static boolean canExist(NamespacedSource source) {
    return EnvironmentNames.isObjectName(source.key().name());
  }

  /**
   * Reads a source.
   *
   * @throws ApiServerBusyException if the API server could not answer just now
   */
  public ValueSource read(NamespacedSource source) {
    if (!hasPlace()) {
      throw new ApiServerBusyException("the API server has not answered other reads in time");
    }
    try {
      return switch (source.key().kind()) {
        case SECRET -> secret(source);
        case CONFIG_MAP -> configMap(source);
      };
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return new ValueSource.Denied(MissingRights.denied(source));
      }
      throw ApiServerFailures.isPassing(e) ? new ApiServerBusyException(e) : e;
    } finally {
      places.release();
    }
  }

  private boolean hasPlace() {
    try {
      return places.tryAcquire(SharedReads.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiServerBusyException("the operator stops");
    }
  }

  private ValueSource secret(NamespacedSource source) {
    Secret secret =
        client.secrets().inNamespace(source.namespace()).withName(source.key().name()).get();
    return secret == null
        ? ValueSource.ABSENT
        : ValueSource.Present.ofSecret(version(secret.getMetadata()), orEmpty(secret.getData()));
  }

  private ValueSource configMap(NamespacedSource source) {
    ConfigMap map =
        client.configMaps().inNamespace(source.namespace()).withName(source.key().name()).get();
    return map == null
        ? ValueSource.ABSENT
        : ValueSource.Present.ofConfigMap(
            version(map.getMetadata()), orEmpty(map.getData()), orEmpty(map.getBinaryData()));
  }

  private static SourceVersion version(ObjectMeta metadata) {
    return new SourceVersion(metadata.getUid(), metadata.getResourceVersion());
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> data) {
    return Objects.requireNonNullElse(data, Map.of());
  }
}
