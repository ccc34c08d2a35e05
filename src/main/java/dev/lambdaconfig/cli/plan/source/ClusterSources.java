package dev.lambdaconfig.cli.plan.source;

import dev.lambdaconfig.cli.plan.planning.SourceLookup;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.values.SourceReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Secrets and ConfigMaps of a cluster, each read once, by the rights of whoever plans. */
public final class ClusterSources implements SourceLookup {

  private final SourceReader reader;
  private final String defaultNamespace;
  private final Map<NamespacedSource, ValueSource> read = new HashMap<>();

  /** Reads through a client, whose namespace is that of resources that name none. */
  public ClusterSources(KubernetesClient client) {
    this.reader = new SourceReader(client);
    this.defaultNamespace = Objects.requireNonNullElse(client.getNamespace(), "default");
  }

  /**
   * Reads sources.
   *
   * @throws dev.lambdaconfig.kube.ApiServerBusyException if the API server does not answer
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it does not accept the
   *     credentials
   */
  @Override
  public Map<SourceKey, ValueSource> read(@Nullable String namespace, Set<SourceKey> keys) {
    String place = Objects.requireNonNullElse(namespace, defaultNamespace);
    Map<SourceKey, ValueSource> found = new HashMap<>();
    for (SourceKey key : keys) {
      found.put(key, read.computeIfAbsent(new NamespacedSource(place, key), this::readOnce));
    }
    return found;
  }

  private ValueSource readOnce(NamespacedSource source) {
    if (!SourceReader.canExist(source)) {
      return ValueSource.ABSENT;
    }
    ValueSource found = reader.read(source);
    // The reader's message is about the rights of the operator.
    return found instanceof ValueSource.Denied
        ? new ValueSource.Denied(
            "RBAC does not allow you to get it in the namespace " + source.namespace())
        : found;
  }
}
