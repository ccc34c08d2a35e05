package dev.lambdaconfig.cli.plan.source;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.cluster.ResourceList;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.decision.ownership.Claimant;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a cluster has, with their status, the oldest first.
 *
 * @param resources the resources
 * @param allKnown whether these are those of all namespaces
 */
public record LiveResources(List<PlanInput> resources, boolean allKnown) {

  private static final int FORBIDDEN = 403;

  /** The order in which the operator lets one of several resources own a function. */
  private static final Comparator<ObjectMeta> BY_AGE =
      Claimant.byAge(each -> text(each.getCreationTimestamp()), each -> text(each.getUid()));

  /**
   * Lists the resources of all namespaces, because an older one elsewhere can own the function of a
   * resource; of some only where more may not be listed.
   *
   * @param namespaces the namespaces that are asked for; none for all
   * @throws KubernetesClientException if they cannot be listed
   */
  public static LiveResources in(KubernetesClient client, List<String> namespaces) {
    try {
      return new LiveResources(inputs(client, Collections.singletonList(null)), true);
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN || namespaces.isEmpty()) {
        throw e;
      }
      return new LiveResources(inputs(client, namespaces), false);
    }
  }

  private static List<PlanInput> inputs(
      KubernetesClient client, List<@Nullable String> namespaces) {
    List<LambdaFunctionConfig> found = new ArrayList<>();
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
