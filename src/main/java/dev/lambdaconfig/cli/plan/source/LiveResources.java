package dev.lambdaconfig.cli.plan.source;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The resources that a cluster has, with their status. */
public final class LiveResources {

  private static final long PAGE = 500;

  /** The order in which the operator lets one of several resources own a function. */
  private static final Comparator<ObjectMeta> BY_AGE =
      Comparator.comparing((ObjectMeta each) -> text(each.getCreationTimestamp()))
          .thenComparing(each -> text(each.getUid()));

  private LiveResources() {}

  /**
   * Returns the resources, the oldest first.
   *
   * @param namespaces the namespaces to look in; none for all
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if they cannot be listed
   */
  public static List<PlanInput> in(KubernetesClient client, List<String> namespaces) {
    MixedOperation<
            LambdaFunctionConfig,
            KubernetesResourceList<LambdaFunctionConfig>,
            Resource<LambdaFunctionConfig>>
        all = client.resources(LambdaFunctionConfig.class);
    List<LambdaFunctionConfig> found = new ArrayList<>();
    if (namespaces.isEmpty()) {
      list(all.inAnyNamespace(), found);
    }
    namespaces.stream().distinct().forEach(each -> list(all.inNamespace(each), found));
    return found.stream()
        .sorted(Comparator.comparing(LambdaFunctionConfig::getMetadata, BY_AGE))
        .map(LiveResources::input)
        .toList();
  }

  private static void list(
      FilterWatchListDeletable<
              LambdaFunctionConfig,
              KubernetesResourceList<LambdaFunctionConfig>,
              Resource<LambdaFunctionConfig>>
          where,
      List<LambdaFunctionConfig> found) {
    ListOptions page = new ListOptionsBuilder().withLimit(PAGE).build();
    do {
      KubernetesResourceList<LambdaFunctionConfig> list = where.list(page);
      found.addAll(list.getItems());
      page.setContinue(list.getMetadata().getContinue());
    } while (page.getContinue() != null && !page.getContinue().isEmpty());
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
