package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.authorization.PolicyFile;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.kube.schema.ServedSchema;
import dev.lambdaconfig.text.Counted;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the resources of the cluster that a policy file would forbid. Nothing is written. */
final class PolicyDryRun {

  /** The exit code if the policy forbids any resource. */
  static final int FORBIDS = 2;

  private static final long PAGE = 100;

  private final KubernetesClient client;
  private final @Nullable String defaultRegion;
  private final RunOptions options;

  /**
   * Creates a dry run.
   *
   * @param defaultRegion the Region of functions whose resource names none, or null
   */
  PolicyDryRun(KubernetesClient client, @Nullable String defaultRegion, RunOptions options) {
    this.client = client;
    this.defaultRegion = defaultRegion;
    this.options = options;
  }

  /**
   * Prints a line for each resource that the file forbids, and a summary.
   *
   * @return the exit code
   * @throws StartupException if the file cannot be used, or the resources cannot be listed
   */
  int run(Path path, PrintWriter out) throws StartupException {
    PolicyFile file;
    try {
      file = PolicyFile.read(path);
    } catch (PolicyException e) {
      throw new StartupException("--dry-run-policy " + path + ": " + e.getMessage(), e);
    }
    Authorization authorization =
        Authorization.of(file, new KnownRegions(options.regions(), SdkRegions::all, defaultRegion));
    Set<String> hidden = ServedSchema.hiddenBy(client);
    if (!hidden.isEmpty()) {
      throw new StartupException(
          "the CustomResourceDefinition of the cluster is older than this operator and hides spec."
              + String.join(", spec.", hidden)
              + ", which the policy may forbid: kubectl apply --server-side -f crds/");
    }
    Count count = new Count();
    try {
      for (Listable<KubernetesResourceList<LambdaFunctionConfig>> scope : scopes()) {
        pages(
            scope,
            resource -> {
              count.add(print(resource, authorization, out));
              count.actsAs(authorization.identity(resource));
            });
      }
    } catch (KubernetesClientException e) {
      throw new StartupException("the resources cannot be listed: " + e.getMessage(), e);
    }
    count.roles.forEach(
        (role, resources) -> out.printf("%s (%s)%n", role, Counted.of(resources, "resource")));
    out.printf(
        "The policy forbids %d of %s.%n", count.forbidden, Counted.of(count.resources, "resource"));
    out.flush();
    return count.forbidden == 0 ? 0 : FORBIDS;
  }

  private static final class Count {
    private int resources;
    private int forbidden;

    /** The roles that the policy assigns, by the namespaces that have resources. */
    private final SortedMap<String, Integer> roles = new TreeMap<>();

    void actsAs(ActingIdentity identity) {
      if (identity instanceof ActingIdentity.By(IdentityKey.OfRole role)) {
        roles.merge(
            "namespace " + role.namespace() + " acts as " + role.roleArn(), 1, Integer::sum);
      }
    }

    void add(boolean isForbidden) {
      resources++;
      forbidden += isForbidden ? 1 : 0;
    }
  }

  private static boolean print(
      LambdaFunctionConfig resource, Authorization authorization, PrintWriter out) {
    String refusal = authorization.refusal(resource);
    if (refusal == null
        && authorization.identity(resource) instanceof ActingIdentity.Unusable(Problem problem)) {
      refusal = problem.message();
    }
    if (refusal != null) {
      ObjectMeta metadata = resource.getMetadata();
      out.println(metadata.getNamespace() + "/" + metadata.getName() + ": " + refusal);
    }
    return refusal != null;
  }

  private void pages(
      Listable<KubernetesResourceList<LambdaFunctionConfig>> scope,
      Consumer<LambdaFunctionConfig> consumer) {
    ListOptions page =
        new ListOptionsBuilder().withLimit(PAGE).withLabelSelector(options.selector()).build();
    do {
      KubernetesResourceList<LambdaFunctionConfig> list = scope.list(page);
      list.getItems().forEach(consumer);
      page.setContinue(list.getMetadata().getContinue());
    } while (page.getContinue() != null && !page.getContinue().isEmpty());
  }

  private List<Listable<KubernetesResourceList<LambdaFunctionConfig>>> scopes() {
    var all = client.resources(LambdaFunctionConfig.class);
    if (options.namespaces().isEmpty()) {
      return List.of(all.inAnyNamespace());
    }
    List<Listable<KubernetesResourceList<LambdaFunctionConfig>>> scopes = new ArrayList<>();
    options.namespaces().forEach(namespace -> scopes.add(all.inNamespace(namespace)));
    return scopes;
  }
}
