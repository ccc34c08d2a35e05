package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * ServiceAccounts with exactly the rights that the chart renders, for operators of a test that run
 * outside of a cluster.
 */
public final class ChartRights implements AutoCloseable {

  /** What a test may need besides the rights that each installation has. */
  public enum Feature {
    RESTORE("restore: {enabled: true}"),
    /** RESTORE, and rights that outlive a watched namespace. */
    RESTORE_CLUSTER_WIDE("restore: {enabled: true, clusterWide: true}"),
    /** RESTORE, and the move of the baselines of version 0.1. */
    MIGRATION("restore: {enabled: true, migrateBaselines: true}"),
    VALUES("valueSources: {enabled: true}"),
    /** All ServiceAccounts: TenantRightsIT shows that it works by their names. */
    IDENTITY("identity: {anyServiceAccount: true}");

    private final String values;

    Feature(String values) {
      this.values = values;
    }
  }

  /** The operator's own default. */
  private static final String LEASE = "lambda-config-operator";

  private final ApiServer server;
  private final String home;
  private final Set<Feature> features;
  private final Map<String, Path> kubeconfigs = new HashMap<>();
  private final List<GenericKubernetesResource> clusterWide = new ArrayList<>();

  /**
   * Grants nothing yet.
   *
   * @param home the namespace of the release, so of the operator
   * @param features what each operator may need
   */
  public ChartRights(ApiServer server, String home, Set<Feature> features) {
    this.server = server;
    this.home = home;
    this.features = features;
  }

  /**
   * The kubeconfig of an operator that is installed for these namespaces; an empty set stands for
   * the whole cluster.
   */
  public Path kubeconfig(Set<String> namespaces) {
    return kubeconfig(namespaces, LEASE);
  }

  /** The kubeconfig of an operator that is installed with these environment variables. */
  public Path kubeconfig(Map<String, String> environment) {
    return kubeconfig(
        Set.of(Objects.requireNonNull(environment.get("LAMBDA_CONFIG_NAMESPACES")).split(",", -1)),
        environment.getOrDefault("LAMBDA_CONFIG_LEADER_ELECTION_LEASE", LEASE));
  }

  private Path kubeconfig(Set<String> namespaces, String leaseName) {
    String values =
        Stream.concat(
                Stream.of(
                    "leaderElection: {leaseName: " + leaseName + "}",
                    "watchNamespaces: " + new TreeSet<>(namespaces)),
                features.stream().sorted().map(feature -> feature.values))
            .collect(Collectors.joining("\n"));
    return kubeconfigs.computeIfAbsent(values, this::install);
  }

  private Path install(String values) {
    String release = "lco" + kubeconfigs.size();
    Manifests identity = Chart.render(release, home, values).ofKinds(InstalledOperator.IDENTITY);
    for (GenericKubernetesResource object : identity.generic()) {
      if (object.getKind().startsWith("Cluster")) {
        clusterWide.add(object);
      }
      server.client().resource(object).create();
    }
    String account = identity.only("ServiceAccount").at("/metadata/name").asText();
    identity.ofKinds("Role", "ClusterRole").all().forEach(role -> awaitEffect(role, account));
    return server.kubeconfigFor(home, account);
  }

  /** The authorizer sees a binding a moment after it was written. */
  private void awaitEffect(JsonNode role, String account) {
    JsonNode rule = role.at("/rules/0");
    String[] resource = (rule.at("/resources/0").asText() + "/").split("/", -1);
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:" + home + ":" + account)
            .withNewResourceAttributes()
            .withNamespace(role.at("/metadata/namespace").asText())
            .withGroup(rule.at("/apiGroups/0").asText())
            .withResource(resource[0])
            .withSubresource(resource[1])
            .withName(rule.at("/resourceNames/0").asText())
            .withVerb(rule.at("/verbs/0").asText())
            .endResourceAttributes()
            .endSpec()
            .build();
    Awaitility.await("the rights of " + role.at("/metadata/name").asText())
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> server.client().resource(review).create().getStatus().getAllowed());
  }

  /** Removes what is not in a namespace of the test. */
  @Override
  public void close() {
    clusterWide.forEach(object -> server.client().resource(object).delete());
    clusterWide.clear();
  }
}
