package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays and components of deploy/. */
final class KustomizeTest {

  private static final Path OVERLAYS = Kustomize.FOLDER.resolve("overlays");

  @TempDir private Path folder;

  /** The default installation, and every overlay. */
  static List<Path> installations() throws IOException {
    try (Stream<Path> overlays = Files.list(OVERLAYS)) {
      return Stream.concat(Stream.of(Kustomize.FOLDER), overlays.sorted()).toList();
    }
  }

  @Test
  void thereIsAnOverlayForEachNeed() throws IOException {
    assertThat(installations())
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "deploy", "monitoring", "namespaced", "restore", "sharded", "tenants", "values");
  }

  @Test
  void byDefaultNoRightOnSecretsIsGranted() {
    assertThat(Kustomize.build(Kustomize.FOLDER).all().toString()).doesNotContain("\"secrets\"");
  }

  @ParameterizedTest
  @MethodSource("installations")
  void eachObjectIsOneOfTheOperatorAndInItsNamespaceOrATeams(Path installation) {
    Manifests built = Kustomize.build(installation);

    assertThat(built.names()).doesNotHaveDuplicates();
    for (var object : built.all()) {
      assertThat(object.at("/metadata/namespace").asText())
          .isIn("", "lambda-config-system", "team-a");
      if (!Manifests.kind(object).equals("CustomResourceDefinition")) {
        assertThat(object.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
            .as("%s", object)
            .isEqualTo("lambda-config-operator");
      }
    }
  }

  @Test
  void namespacedLeavesNoRightInAllNamespacesWhateverComponentsAreThere() throws IOException {
    // Given
    Manifests built =
        combined(List.of("restore", "restore-migration", "values", "tenants", "namespaced"));

    // Then
    assertThat(built.kinds()).doesNotContainKey("ClusterRoleBinding").containsKey("ClusterRole");
  }

  @Test
  void componentsAreCombinedInAnyOrder() throws IOException {
    List<String> components = List.of("restore", "values", "monitoring", "tenants");

    Manifests built = combined(components);

    assertThat(built.all())
        .containsExactlyInAnyOrderElementsOf(combined(components.reversed()).all());
    assertThat(built.kinds())
        .containsAllEntriesOf(
            Map.of("ServiceMonitor", 1L, "PrometheusRule", 1L, "ClusterRoleBinding", 3L));
    assertThat(built.environment()).containsEntry("LAMBDA_CONFIG_TENANT_IDENTITY", "required");
  }

  @Test
  void shardsSelectEveryResourceOnceAndHaveALeaseAndAShareEach() {
    Manifests built = Kustomize.build(OVERLAYS.resolve("sharded"));

    List<Map<String, String>> shards =
        built.ofKinds("Deployment").all().stream()
            .map(deployment -> new Manifests(List.of(deployment)).environment())
            .toList();
    assertThat(shards)
        .extracting(each -> each.get("LAMBDA_CONFIG_SELECTOR"))
        .containsExactly("shard=a", "shard notin (a)");
    assertThat(shards)
        .extracting(
            each -> Double.parseDouble(each.get("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND")))
        .satisfies(
            rates -> assertThat(rates.stream().mapToDouble(each -> each).sum()).isEqualTo(14));
    assertThat(built.only(Role.class).getRules().getLast().getResourceNames())
        .containsExactlyElementsOf(
            shards.stream().map(each -> each.get("LAMBDA_CONFIG_LEADER_ELECTION_LEASE")).toList());
    assertThat(built.ofKinds("Deployment").all())
        .extracting(each -> each.at("/spec/selector/matchLabels"))
        .doesNotHaveDuplicates();
  }

  @Test
  void thePrometheusRuleHasTheAlerts() throws IOException {
    var rule = Kustomize.build(OVERLAYS.resolve("monitoring")).only("PrometheusRule");

    assertThat(rule.path("spec").equals(Manifests.tree(Files.readString(Expressions.RULES))))
        .isTrue();
  }

  @Test
  void theServiceMonitorSelectsTheServiceAndAPortOfIt() {
    Manifests built = Kustomize.build(OVERLAYS.resolve("monitoring"));

    var monitor = built.only("ServiceMonitor").path("spec");
    var service = built.only("Service");
    monitor
        .at("/selector/matchLabels")
        .properties()
        .forEach(
            label ->
                assertThat(service.at("/metadata/labels").path(label.getKey()))
                    .isEqualTo(label.getValue()));
    assertThat(monitor.at("/endpoints/0/port")).isEqualTo(service.at("/spec/ports/0/name"));
    assertThat(built.only("ConfigMap").at("/data/lambda-config-operator.json").asText())
        .isNotEmpty();
  }

  @Test
  void theTokensOfAnOverlayAreThoseOfTheChart() {
    var role =
        Kustomize.build(OVERLAYS.resolve("tenants"))
            .ofKinds("Role")
            .where(each -> each.at("/metadata/namespace").asText().equals("team-a"));
    var chart =
        Chart.render(
                "identity: {serviceAccounts: [{namespace: team-a, serviceAccounts:"
                    + " [lambda-writer]}]}")
            .ofKinds("Role")
            .where(each -> each.at("/metadata/namespace").asText().equals("team-a"));

    assertThat(role.only(Role.class).getRules()).isEqualTo(chart.only(Role.class).getRules());
    assertThat(Kustomize.build(OVERLAYS.resolve("tenants")).only(ClusterRole.class).getRules())
        .isEqualTo(Kustomize.build(Kustomize.FOLDER).only(ClusterRole.class).getRules());
  }

  /** An overlay of a user, with the policy that the tenants need. */
  private Manifests combined(List<String> components) throws IOException {
    Path deploy = Kustomize.FOLDER.toAbsolutePath();
    StringBuilder file =
        new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
            .append("resources: [%s]\ncomponents:\n".formatted(deploy));
    for (String component : components) {
      file.append("  - ").append(deploy.resolve("components").resolve(component)).append('\n');
    }
    Files.writeString(folder.resolve("kustomization.yaml"), file);
    return Kustomize.build(folder);
  }
}
