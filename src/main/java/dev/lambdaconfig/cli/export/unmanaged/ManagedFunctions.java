package dev.lambdaconfig.cli.export.unmanaged;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.cluster.ResourceList;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the resources of a cluster name. A resource owns the function that its status
 * names; one without a status, that of its spec. A resource that only observes owns none.
 */
public final class ManagedFunctions {

  /** The resources by the ARNs, or by Region and name, of their functions. */
  private final Map<String, SortedSet<String>> owners = new HashMap<>();

  private final Map<String, SortedSet<String>> observers = new HashMap<>();

  private ManagedFunctions() {}

  /**
   * Lists the resources of all namespaces.
   *
   * @param defaultRegion the Region of functions whose resource names none, or null
   */
  public static ManagedFunctions of(KubernetesClient client, @Nullable String defaultRegion)
      throws ExportException {
    ManagedFunctions managed = new ManagedFunctions();
    String hidden = ClusterOptions.hidden(client);
    if (hidden != null) {
      throw new ExportException(hidden);
    }
    try {
      new ResourceList(client, null, null)
          .forEach(resource -> managed.add(resource, defaultRegion));
    } catch (KubernetesClientException e) {
      throw new ExportException(
          "the resources of the cluster cannot be listed (%s): check KUBECONFIG, or name another with"
                  .formatted(ClusterOptions.unreadable(client.getMasterUrl(), e))
              + " --kubeconfig and --context",
          e);
    }
    return managed;
  }

  private void add(LambdaFunctionConfig resource, @Nullable String defaultRegion) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec == null || spec.unreadable() != null) {
      return;
    }
    String key = key(resource, spec, defaultRegion);
    if (key != null) {
      Map<String, SortedSet<String>> kind = spec.observes() ? observers : owners;
      kind.computeIfAbsent(key, any -> new TreeSet<>())
          .add(resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName());
    }
  }

  private static @Nullable String key(
      LambdaFunctionConfig resource,
      LambdaFunctionConfigSpec spec,
      @Nullable String defaultRegion) {
    var status = resource.getStatus();
    if (status != null && status.functionArn != null) {
      return status.functionArn;
    }
    try {
      FunctionReference function = FunctionReference.parse(spec.functionName());
      String named = function.region() == null ? spec.region() : function.region();
      String region = named == null ? defaultRegion : named;
      return region == null ? null : key(region, function.account(), function.name());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String key(String region, @Nullable String account, String name) {
    return region + ":" + Objects.requireNonNullElse(account, "") + ":" + name;
  }

  /** Whether a resource owns a function. */
  boolean owns(ObservedFunction function, String region) {
    return !resources(owners, function, region).isEmpty();
  }

  /** The resources that observe a function, as {@code namespace/name}. */
  List<String> observers(ObservedFunction function, String region) {
    return List.copyOf(resources(observers, function, region));
  }

  private static SortedSet<String> resources(
      Map<String, SortedSet<String>> kind, ObservedFunction function, String region) {
    String name = Objects.requireNonNullElse(function.name(), "");
    String arn = function.arn();
    SortedSet<String> found = new TreeSet<>();
    for (String key :
        List.of(
            Objects.requireNonNullElse(arn, ""),
            key(region, FunctionReference.accountIn(arn), name),
            key(region, null, name))) {
      found.addAll(kind.getOrDefault(key, new TreeSet<>()));
    }
    return found;
  }
}
