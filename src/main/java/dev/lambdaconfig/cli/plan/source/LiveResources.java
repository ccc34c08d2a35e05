package dev.lambdaconfig.cli.plan.source;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.cluster.ResourceList;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.decision.ownership.Claimant;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The resources that a cluster has, with their status. */
public final class LiveResources {

  /** The order in which the operator lets one of several resources own a function. */
  private static final Comparator<ObjectMeta> BY_AGE =
      Claimant.byAge(each -> text(each.getCreationTimestamp()), each -> text(each.getUid()));

  private LiveResources() {}

  /**
   * Returns the resources, the oldest first.
   *
   * @param namespaces the namespaces to look in; none for all
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if they cannot be listed
   */
  public static List<PlanInput> in(KubernetesClient client, List<String> namespaces) {
    List<LambdaFunctionConfig> found = new ArrayList<>();
    if (namespaces.isEmpty()) {
      list(client, null, found);
    }
    namespaces.stream().distinct().forEach(each -> list(client, each, found));
    return found.stream()
        .sorted(Comparator.comparing(LambdaFunctionConfig::getMetadata, BY_AGE))
        .map(LiveResources::input)
        .toList();
  }

  /** Lists to the end: a plan need not be of one moment, and neither are the functions. */
  private static void list(
      KubernetesClient client, @Nullable String namespace, List<LambdaFunctionConfig> found) {
    var unused = new ResourceList(client, namespace, null).forEach(found::add);
  }

  private static PlanInput input(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    Long generation = metadata.getGeneration();
    return new PlanInput(
        new ManifestOrigin(null, 0, metadata.getNamespace(), metadata.getName()),
        resource,
        generation == null ? 1 : generation,
        path -> 0);
  }

  private static String text(String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
