package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rendered release as a whole. */
class ChartTest {

  @Test
  void passesHelmsOwnLint() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @Test
  void rendersOneOperatorForAllNamespacesByDefault() {
    var rendered = Chart.render("");

    assertThat(rendered.kinds())
        .isEqualTo(
            Map.of(
                "CustomResourceDefinition", 1L,
                "ServiceAccount", 1L,
                "ClusterRole", 1L,
                "ClusterRoleBinding", 1L,
                "Role", 1L,
                "RoleBinding", 1L,
                "Service", 1L,
                "Deployment", 1L));
    var deployment = rendered.only(Deployment.class);
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(rendered.environment())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("LAMBDA_CONFIG_MANAGEMENT_PORT", "8080"),
                Map.entry("LAMBDA_CONFIG_MODE", "Enforce"),
                Map.entry("LAMBDA_CONFIG_SWEEP_INTERVAL", "1m"),
                Map.entry("LAMBDA_CONFIG_WORKERS", "64"),
                Map.entry("LAMBDA_CONFIG_LEADER_ELECT", "true"),
                Map.entry("LAMBDA_CONFIG_LEADER_ELECTION_LEASE", Chart.NAME),
                Map.entry("LAMBDA_CONFIG_CREDENTIALS_MAX_AGE", "1h"),
                Map.entry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "14"),
                Map.entry("LAMBDA_CONFIG_LOG_FORMAT", "json"),
                Map.entry("LAMBDA_CONFIG_LOG_LEVEL", "INFO"),
                Map.entry("LAMBDA_CONFIG_VALUE_WATCH", "none")));
    assertThat(rendered.container().getImage()).isEqualTo("lambda-config-operator:0.1.0");
  }

  @Test
  void putsEverythingNamespacedIntoTheReleasesNamespaceAndLabelsIt() {
    var rendered = Chart.render(Chart.EVERYTHING);

    for (JsonNode object : rendered.all()) {
      var metadata = object.path("metadata");
      if (!Set.of("CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding")
          .contains(Manifests.kind(object))) {
        assertThat(metadata.path("namespace").asText()).as("%s", object).isEqualTo("here");
      }
      assertThat(metadata.path("labels").path("app.kubernetes.io/name").asText())
          .isEqualTo("lambda-config-operator");
      assertThat(metadata.path("labels").path("app.kubernetes.io/instance").asText())
          .isEqualTo("lco");
      assertThat(metadata.path("labels").path("app.kubernetes.io/managed-by").asText())
          .isEqualTo("Helm");
      assertThat(metadata.path("labels").path("team").asText()).isEqualTo("platform");
    }
  }

  @Test
  void agreesWithTheKustomizeBase() {
    var chart = Chart.render("lambda-config-operator", "here", "");
    var base = Kustomize.build(Kustomize.FOLDER);

    assertThat(base.only(ClusterRole.class).getRules())
        .isEqualTo(chart.only(ClusterRole.class).getRules());
    assertThat(base.only(Role.class).getRules()).isEqualTo(chart.only(Role.class).getRules());
    var podOfBase = base.podSpec();
    var podOfChart = chart.podSpec();
    assertThat(chart.environment()).containsAllEntriesOf(base.environment());
    assertThat(podOfBase.getSecurityContext()).isEqualTo(podOfChart.getSecurityContext());
    assertThat(podOfBase.getContainers().getFirst().toBuilder().withEnv(List.of()).build())
        .isEqualTo(podOfChart.getContainers().getFirst().toBuilder().withEnv(List.of()).build());
    assertThat(podOfBase.getVolumes()).isEqualTo(podOfChart.getVolumes());
    assertThat(podOfBase.getTerminationGracePeriodSeconds())
        .isEqualTo(podOfChart.getTerminationGracePeriodSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "watchNamespaces: [team-a]"})
  void releasesForShardsStandSideBySideInOneNamespace(String values) {
    var one = Chart.render("shard-a", "here", values);
    var other = Chart.render("shard-b", "here", "{crds: {install: false}}\n" + values);

    assertThat(one.names()).doesNotContainAnyElementsOf(other.names());
    assertThat(one.environment().get("LAMBDA_CONFIG_LEADER_ELECTION_LEASE"))
        .isNotEqualTo(other.environment().get("LAMBDA_CONFIG_LEADER_ELECTION_LEASE"));
    assertThat(one.only(Deployment.class).getSpec().getSelector())
        .isNotEqualTo(other.only(Deployment.class).getSpec().getSelector());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {replicas: 2, leaderElection: {enabled: false}}     | leaderElection.enabled: true
          metrics: {service: {enabled: false}, serviceMonitor: {enabled: true}} | needs metrics.service.enabled
          terminationGracePeriodSeconds: 20                   | terminationGracePeriodSeconds
          sweepInterval: 1 minute                             | sweepInterval
          watchNamespaces: [Team_A]                           | watchNamespaces
          workers: 0                                          | workers
          mode: observe                                       | mode
          selector: "{shard: a}"                              | selector
          aws: {maxRequestsPerSecond: 0.5}                    | maxRequestsPerSecond
          leaderElection: {leaseName: Shard_A}                | leaseName
          restore: {enabled: true, timeout: soon}             | timeout
          sweepInteval: 1m                                    | sweepInteval
          aws: {region: Ireland}                              | region
          aws: {regions: [eu-west-1, Ireland]}                | regions
          aws: {regions: eu-west-1}                           | regions
          """)
  void refusesValuesThatCannotWork(String values, String message) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render(values))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watchNamespaces: [team-a]",
        "{restore: {enabled: true}, rbac: {create: false}}",
        "{mode: Observe, selector: shard=a, crds: {install: false}}",
        "{crds: {install: false}, rbac: {create: false}, aws: {region: eu-west-1}}"
      })
  void saysWhatToDoNext(String values) {
    assertThat(Chart.notes("lco", "here", values))
        .contains("rollout status deployment/" + Chart.NAME)
        .contains("kind: LambdaFunctionConfig")
        .contains("no image is published")
        .doesNotContain("<no value>");
  }
}
