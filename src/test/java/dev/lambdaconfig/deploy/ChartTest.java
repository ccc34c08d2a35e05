package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders for which values. */
class ChartTest {

  private static final String CRD = "lambdafunctionconfigs.lambdaconfig.dev.yaml";
  private static final String NAME = "lco-lambda-config-operator";

  @Test
  void passesHelmsOwnLint() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @Test
  void rendersOneOperatorForAllNamespacesByDefault() {
    var rendered = render("");

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
    assertThat(environment(rendered))
        .isEqualTo(
            Map.of(
                "LAMBDA_CONFIG_MANAGEMENT_PORT", "8080",
                "LAMBDA_CONFIG_MODE", "Enforce",
                "LAMBDA_CONFIG_SWEEP_INTERVAL", "1m",
                "LAMBDA_CONFIG_WORKERS", "64",
                "LAMBDA_CONFIG_LEADER_ELECT", "true",
                "LAMBDA_CONFIG_LEADER_ELECTION_LEASE", NAME,
                "LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "14",
                "LAMBDA_CONFIG_LOG_FORMAT", "json",
                "LAMBDA_CONFIG_LOG_LEVEL", "INFO"));
    assertThat(container(rendered).getImage()).isEqualTo("lambda-config-operator:0.1.0");
  }

  @Test
  void putsEverythingNamespacedIntoTheReleasesNamespaceAndLabelsIt() {
    var rendered = render(EVERYTHING);

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
  void installsTheGeneratedCrdUnchangedAndKeepsIt() throws IOException {
    var crd = render("").only(CustomResourceDefinition.class);

    // Typed: the same number is written differently by Helm.
    var generated = Manifests.parse(Files.readString(Path.of("crds", CRD)));
    var expected = generated.only(CustomResourceDefinition.class);
    assertThat(crd.getSpec().equals(expected.getSpec())).isTrue();
    assertThat(crd.getMetadata().getName()).isEqualTo(expected.getMetadata().getName());
    assertThat(crd.getMetadata().getAnnotations())
        .containsExactly(Map.entry("helm.sh/resource-policy", "keep"));
  }

  @Test
  void carriesTheGeneratedCrd() {
    assertThat(Chart.FOLDER.resolve("files").resolve(CRD))
        .hasSameTextualContentAs(Path.of("crds", CRD));
  }

  @Test
  void removesTheCrdWithTheReleaseOnlyWhenTold() {
    var crd = render("crds: {keep: false}").only("CustomResourceDefinition");

    assertThat(crd.path("metadata").has("annotations")).isFalse();
    assertThat(render("crds: {install: false}").kinds())
        .doesNotContainKey("CustomResourceDefinition");
  }

  @Test
  void grantsWhatTheOperatorNeedsAndNoMore() {
    var rendered = render("");

    assertThat(rights(rendered.only(ClusterRole.class).getRules()))
        .containsExactlyInAnyOrder(
            "lambdaconfig.dev/lambdafunctionconfigs list",
            "lambdaconfig.dev/lambdafunctionconfigs watch",
            "lambdaconfig.dev/lambdafunctionconfigs/status patch",
            "/events create");
    assertThat(rights(rendered.only(Role.class).getRules()))
        .containsExactlyInAnyOrder(
            "coordination.k8s.io/leases create",
            "coordination.k8s.io/leases[%s] get".formatted(NAME),
            "coordination.k8s.io/leases[%s] update".formatted(NAME),
            "coordination.k8s.io/leases[%s] patch".formatted(NAME));
    var binding = rendered.only(ClusterRoleBinding.class);
    assertThat(binding.getRoleRef().getName())
        .isEqualTo(rendered.only(ClusterRole.class).getMetadata().getName());
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(
            subject -> {
              assertThat(subject.getName()).isEqualTo(NAME);
              assertThat(subject.getNamespace()).isEqualTo("here");
            });
  }

  @Test
  void agreesWithTheKustomizeBase() {
    var chart = Chart.render("lambda-config-operator", "here", "");
    var base = KustomizeBase.read();

    assertThat(base.only(ClusterRole.class).getRules())
        .isEqualTo(chart.only(ClusterRole.class).getRules());
    assertThat(base.only(Role.class).getRules()).isEqualTo(chart.only(Role.class).getRules());
    var podOfBase = podSpec(base);
    var podOfChart = podSpec(chart);
    assertThat(environment(chart)).containsAllEntriesOf(environment(base));
    assertThat(podOfBase.getSecurityContext()).isEqualTo(podOfChart.getSecurityContext());
    assertThat(podOfBase.getContainers().getFirst().toBuilder().withEnv(List.of()).build())
        .isEqualTo(podOfChart.getContainers().getFirst().toBuilder().withEnv(List.of()).build());
    assertThat(podOfBase.getVolumes()).isEqualTo(podOfChart.getVolumes());
    assertThat(podOfBase.getTerminationGracePeriodSeconds())
        .isEqualTo(podOfChart.getTerminationGracePeriodSeconds());
  }

  @Test
  void grantsWhatRestoringNeedsOnlyWhereItIsEnabled() throws IOException {
    var plain = render("").only(ClusterRole.class).getRules();
    var restoring = render("restore: {enabled: true, timeout: 5m}");

    var rules = restoring.only(ClusterRole.class).getRules();
    var more = rules.subList(plain.size(), rules.size());
    assertThat(rules).startsWith(plain.toArray(PolicyRule[]::new));
    assertThat(rights(more)).containsExactly("lambdaconfig.dev/lambdafunctionconfigs patch");
    var own = roleNamed(restoring, NAME + "-restore");
    assertThat(own.getMetadata().getNamespace()).isEqualTo("here");
    assertThat(rights(own.getRules()))
        .containsExactlyInAnyOrder(
            "/secrets create", "/secrets get", "/secrets list", "/secrets delete");
    assertThat(environment(restoring)).containsEntry("LAMBDA_CONFIG_RESTORE_TIMEOUT", "5m");
    // The same for kustomize, in a file that is applied only by who wants it.
    Path file = KustomizeBase.FOLDER.resolve("restore-rbac.yaml");
    assertThat(KustomizeBase.files(KustomizeBase.FOLDER)).doesNotContain(file);
    var kustomize = Manifests.parse(Files.readString(file));
    assertThat(kustomize.only(ClusterRole.class).getRules()).isEqualTo(more);
    assertThat(kustomize.only(ClusterRoleBinding.class).getSubjects())
        .isEqualTo(KustomizeBase.read().only(ClusterRoleBinding.class).getSubjects());
    assertThat(kustomize.only(Role.class).getRules()).isEqualTo(own.getRules());
    assertThat(kustomize.only(Role.class).getMetadata().getNamespace())
        .isEqualTo("lambda-config-system");
    var named = render("{watchNamespaces: [team-a], restore: {enabled: true}}");
    assertThat(named.kinds()).doesNotContainKey("ClusterRole");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "restore: {enabled: true}",
        "{watchNamespaces: [team-a, here], restore: {enabled: true}}",
        "{restore: {migrateBaselines: true}}"
      })
  void grantsNothingOnSecretsOutsideOfItsOwnNamespace(String values) {
    var rendered = render(values);

    for (String kind : List.of("ClusterRole", "Role")) {
      for (var role : rendered.ofKinds(kind).all()) {
        if (role.toString().contains("\"secrets\"")) {
          assertThat(role.at("/kind").asText()).isEqualTo("Role");
          assertThat(role.at("/metadata/namespace").asText()).isEqualTo("here");
          assertThat(role.at("/metadata/name").asText()).isEqualTo(NAME + "-restore");
        }
      }
    }
  }

  @Test
  void grantsTheMoveOfFormerBaselinesOnRequest() throws IOException {
    var enabled = render("restore: {enabled: true}").only(ClusterRole.class).getRules();
    var rules =
        render("restore: {enabled: true, migrateBaselines: true}")
            .only(ClusterRole.class)
            .getRules();

    var more = rules.subList(enabled.size(), rules.size());
    assertThat(rights(more)).containsExactlyInAnyOrder("/secrets get", "/secrets delete");
    var file =
        Manifests.parse(
            Files.readString(KustomizeBase.FOLDER.resolve("restore-migration-rbac.yaml")));
    assertThat(file.only(ClusterRole.class).getRules()).isEqualTo(more);
  }

  private static Role roleNamed(Manifests rendered, String name) {
    return rendered.ofKinds("Role").all().stream()
        .map(tree -> Serialization.unmarshal(tree.toString(), Role.class))
        .filter(role -> role.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void needsNothingClusterWideForNamedNamespaces() {
    var rendered = render("{watchNamespaces: [team-a, team-b, team-a], crds: {install: false}}");

    assertThat(rendered.kinds())
        .doesNotContainKeys("ClusterRole", "ClusterRoleBinding")
        .containsEntry("Role", 3L)
        .containsEntry("RoleBinding", 3L);
    assertThat(
            rendered.ofKinds("Role").all().stream()
                .map(role -> role.path("metadata").path("namespace").asText()))
        .containsExactlyInAnyOrder("team-a", "team-b", "here");
    assertThat(environment(rendered)).containsEntry("LAMBDA_CONFIG_NAMESPACES", "team-a,team-b");
  }

  @Test
  void tellsTheOperatorWhatTheFleetNeeds() {
    var rendered =
        render(
            """
            {mode: Observe, selector: "shard in (a,b),!legacy", aws: {maxRequestsPerSecond: 4.5,
             regions: [eu-west-1, us-east-1]}, leaderElection: {leaseName: shard-a}}
            """);

    assertThat(environment(rendered))
        .containsEntry("LAMBDA_CONFIG_MODE", "Observe")
        .containsEntry("LAMBDA_CONFIG_SELECTOR", "shard in (a,b),!legacy")
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "4.5")
        .containsEntry("LAMBDA_CONFIG_REGIONS", "eu-west-1,us-east-1")
        .containsEntry("LAMBDA_CONFIG_LEADER_ELECTION_LEASE", "shard-a");
    assertThat(rights(rendered.only(Role.class).getRules()))
        .contains("coordination.k8s.io/leases[shard-a] patch")
        .noneMatch(right -> right.contains(NAME));
    assertThat(environment(render("aws: {maxRequestsPerSecond: 1000}")))
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "1000")
        .doesNotContainKey("LAMBDA_CONFIG_REGIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "watchNamespaces: [team-a]"})
  void releasesForShardsStandSideBySideInOneNamespace(String values) {
    var one = Chart.render("shard-a", "here", values);
    var other = Chart.render("shard-b", "here", "{crds: {install: false}}\n" + values);

    assertThat(names(one)).doesNotContainAnyElementsOf(names(other));
    assertThat(environment(one).get("LAMBDA_CONFIG_LEADER_ELECTION_LEASE"))
        .isNotEqualTo(environment(other).get("LAMBDA_CONFIG_LEADER_ELECTION_LEASE"));
    assertThat(one.only(Deployment.class).getSpec().getSelector())
        .isNotEqualTo(other.only(Deployment.class).getSpec().getSelector());
  }

  @Test
  void givesTheServiceAccountItsIamRole() {
    var rendered =
        render(
            "serviceAccount: {annotations: {eks.amazonaws.com/role-arn:"
                + " 'arn:aws:iam::123456789012:role/lco'}}");

    assertThat(rendered.only(ServiceAccount.class).getMetadata().getAnnotations())
        .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/lco");
  }

  @Test
  void usesAGivenServiceAccount() {
    var rendered = render("serviceAccount: {create: false, name: mine}");

    assertThat(rendered.kinds()).doesNotContainKey("ServiceAccount");
    assertThat(podSpec(rendered).getServiceAccountName()).isEqualTo("mine");
    assertThat(rendered.only(ClusterRoleBinding.class).getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getName()).isEqualTo("mine"));
  }

  @Test
  void setsWhatIsKnownOfAwsAndTakesMoreEnvironment() {
    var rendered =
        render(
            """
            aws: {region: eu-west-1, endpointUrl: http://aws, lambdaEndpointUrl: http://lambda}
            allowUnguardedUpdates: true
            extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xlog:gc}]
            envFrom: [{secretRef: {name: proxy}}]
            """);

    assertThat(environment(rendered))
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("AWS_ENDPOINT_URL", "http://aws")
        .containsEntry("AWS_ENDPOINT_URL_LAMBDA", "http://lambda")
        .containsEntry("LAMBDA_CONFIG_ALLOW_UNGUARDED_UPDATES", "true")
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xlog:gc");
    assertThat(container(rendered).getEnvFrom())
        .singleElement()
        .satisfies(source -> assertThat(source.getSecretRef().getName()).isEqualTo("proxy"));
  }

  @Test
  void servesProbesAndMetricsOnTheManagementPort() {
    var rendered = render("managementPort: 9090");

    var container = container(rendered);
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(9090));
    assertThat(environment(rendered)).containsEntry("LAMBDA_CONFIG_MANAGEMENT_PORT", "9090");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(rendered.only(Service.class).getSpec().getPorts())
        .singleElement()
        .satisfies(
            port -> assertThat(port.getTargetPort()).isEqualTo(new IntOrString("management")));
  }

  @Test
  void selectsItsOwnPodsEverywhere() {
    var rendered = render(EVERYTHING);
    var own = rendered.only(Deployment.class).getSpec().getSelector().getMatchLabels();

    assertThat(rendered.only(Deployment.class).getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(own)
        .containsEntry("more", "labels");
    assertThat(rendered.only(Service.class).getSpec().getSelector()).isEqualTo(own);
    assertThat(rendered.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(own);
    assertThat(rendered.only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(own);
    assertThat(podSpec(rendered).getTopologySpreadConstraints())
        .singleElement()
        .satisfies(
            constraint ->
                assertThat(constraint.getLabelSelector().getMatchLabels()).isEqualTo(own));
    assertThat(rendered.only("ServiceMonitor").path("metadata").path("labels").path("release"))
        .hasToString("\"prometheus\"");
  }

  @Test
  void makesADisruptionBudgetForSeveralReplicasOnly() {
    assertThat(render("podDisruptionBudget: {enabled: true}").kinds())
        .doesNotContainKey("PodDisruptionBudget");
    assertThat(render("{replicas: 2, podDisruptionBudget: {enabled: true}}").kinds())
        .containsEntry("PodDisruptionBudget", 1L);
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
        .isThrownBy(() -> render(values))
        .withMessageContaining(message);
  }

  @Test
  void refusesAKubernetesThatDoesNotTakeTheCrd() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render("lco", "here", "", "1.29.9"))
        .withMessageContaining("1.30");
  }

  @Test
  void takesTheVersionOfTheVendorsKubernetes() {
    assertThat(Chart.render("lco", "here", "", "v1.30.0-eks-1234567").all()).isNotEmpty();
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
        .contains("rollout status deployment/" + NAME)
        .contains("kind: LambdaFunctionConfig")
        .contains("no image is published")
        .doesNotContain("<no value>");
  }

  private static final String EVERYTHING =
      """
      replicas: 2
      commonLabels: {team: platform}
      podLabels: {more: labels}
      metrics:
        serviceMonitor: {enabled: true, interval: 30s, labels: {release: prometheus}}
        prometheusRule: {enabled: true, labels: {release: prometheus}}
        dashboard: {enabled: true}
      podDisruptionBudget: {enabled: true, maxUnavailable: 50%}
      networkPolicy: {enabled: true}
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}
      """;

  private static Manifests render(String values) {
    return Chart.render("lco", "here", values);
  }

  private static io.fabric8.kubernetes.api.model.PodSpec podSpec(Manifests rendered) {
    return rendered.only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container container(Manifests rendered) {
    return podSpec(rendered).getContainers().getFirst();
  }

  private static Map<String, String> environment(Manifests rendered) {
    return container(rendered).getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static List<String> names(Manifests rendered) {
    return rendered.all().stream()
        .map(
            object ->
                Manifests.kind(object)
                    + " "
                    + object.path("metadata").path("namespace").asText()
                    + "/"
                    + object.path("metadata").path("name").asText())
        .toList();
  }

  private static List<String> rights(List<PolicyRule> rules) {
    return rules.stream()
        .flatMap(
            rule ->
                rule.getVerbs().stream()
                    .flatMap(
                        verb ->
                            rule.getResources().stream()
                                .map(resource -> right(rule, resource, verb))))
        .toList();
  }

  private static String right(PolicyRule rule, String resource, String verb) {
    List<String> names = Objects.requireNonNullElse(rule.getResourceNames(), List.of());
    return String.join(",", rule.getApiGroups())
        + "/"
        + resource
        + (names.isEmpty() ? "" : names)
        + " "
        + verb;
  }
}
