package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that the chart grants, and to which ServiceAccount. */
final class ChartRbacTest {

  @Test
  void grantsWhatTheOperatorNeedsAndNoMore() {
    var rendered = Chart.render("");

    assertThat(GrantedRights.of(rendered.only(ClusterRole.class).getRules()))
        .containsExactlyInAnyOrder(
            "lambdaconfig.dev/lambdafunctionconfigs list",
            "lambdaconfig.dev/lambdafunctionconfigs watch",
            "lambdaconfig.dev/lambdafunctionconfigs/status patch",
            "/events create");
    assertThat(GrantedRights.of(rendered.only(Role.class).getRules()))
        .containsExactlyInAnyOrder(
            "coordination.k8s.io/leases create",
            "coordination.k8s.io/leases[%s] get".formatted(Chart.NAME),
            "coordination.k8s.io/leases[%s] patch".formatted(Chart.NAME));
    var binding = rendered.only(ClusterRoleBinding.class);
    assertThat(binding.getRoleRef().getName())
        .isEqualTo(rendered.only(ClusterRole.class).getMetadata().getName());
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(
            subject -> {
              assertThat(subject.getName()).isEqualTo(Chart.NAME);
              assertThat(subject.getNamespace()).isEqualTo("here");
            });
  }

  @Test
  void grantsWhatRestoringNeedsOnlyWhereItIsEnabled() throws IOException {
    var plain = Chart.render("").only(ClusterRole.class).getRules();
    var restoring = Chart.render("restore: {enabled: true, timeout: 5m}");

    var rules = restoring.only(ClusterRole.class).getRules();
    var more = rules.subList(plain.size(), rules.size());
    assertThat(rules).startsWith(plain.toArray(PolicyRule[]::new));
    assertThat(GrantedRights.of(more))
        .containsExactly("lambdaconfig.dev/lambdafunctionconfigs patch");
    var own = roleNamed(restoring, Chart.NAME + "-restore");
    assertThat(own.getMetadata().getNamespace()).isEqualTo("here");
    assertThat(GrantedRights.of(own.getRules()))
        .containsExactlyInAnyOrder(
            "/secrets create", "/secrets get", "/secrets list", "/secrets delete");
    assertThat(restoring.environment()).containsEntry("LAMBDA_CONFIG_RESTORE_TIMEOUT", "5m");
    // The same for kustomize, in a file of its own that is applied only where wanted.
    Path file = Kustomize.FOLDER.resolve("restore-rbac.yaml");
    var kustomize = Manifests.parse(Files.readString(file));
    assertThat(kustomize.only(ClusterRole.class).getRules()).isEqualTo(more);
    assertThat(kustomize.only(ClusterRoleBinding.class).getSubjects())
        .isEqualTo(Kustomize.build(Kustomize.FOLDER).only(ClusterRoleBinding.class).getSubjects());
    assertThat(kustomize.only(Role.class).getRules()).isEqualTo(own.getRules());
    assertThat(kustomize.only(Role.class).getMetadata().getNamespace())
        .isEqualTo("lambda-config-system");
    var named = Chart.render("{watchNamespaces: [team-a], restore: {enabled: true}}");
    assertThat(named.kinds()).doesNotContainKey("ClusterRole");
  }

  @Test
  void grantsRightsThatOutliveANamespaceOnRequest() throws IOException {
    var rendered =
        Chart.render(
            """
            watchNamespaces: [team-a]
            restore: {enabled: true, clusterWide: true, migrateBaselines: true}
            identity: {anyServiceAccount: true}
            """);

    // Those of a kustomization without components/namespaced, and so none on Secrets or tokens
    var rules = new ArrayList<PolicyRule>();
    for (String file : List.of("rbac.yaml", "restore-rbac.yaml")) {
      Path path = Kustomize.FOLDER.resolve(file);
      rules.addAll(Manifests.parse(Files.readString(path)).only(ClusterRole.class).getRules());
    }
    assertThat(rendered.only(ClusterRole.class).getRules()).isEqualTo(rules);
    assertThat(rendered.only(ClusterRoleBinding.class).getRoleRef().getName())
        .isEqualTo(rendered.only(ClusterRole.class).getMetadata().getName());
    assertThat(Chart.render("restore: {enabled: true, clusterWide: true}"))
        .as("without watchNamespaces, as without clusterWide")
        .hasToString(Chart.render("restore: {enabled: true}").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "restore: {enabled: true}",
        "{watchNamespaces: [team-a, here], restore: {enabled: true}}",
        "{restore: {migrateBaselines: true}}",
        "{valueSources: {watch: name, names: {team-a: {secrets: [db]}}}}"
      })
  void grantsNothingOnSecretsOutsideOfItsOwnNamespace(String values) {
    var rendered = Chart.render(values);

    for (String kind : List.of("ClusterRole", "Role")) {
      for (var role : rendered.ofKinds(kind).all()) {
        if (role.toString().contains("\"secrets\"")) {
          assertThat(role.at("/kind").asText()).isEqualTo("Role");
          assertThat(role.at("/metadata/namespace").asText()).isEqualTo("here");
          assertThat(role.at("/metadata/name").asText()).isEqualTo(Chart.NAME + "-restore");
        }
      }
    }
  }

  @Test
  void grantsTheMoveOfFormerBaselinesOnRequest() throws IOException {
    var enabled = Chart.render("restore: {enabled: true}").only(ClusterRole.class).getRules();
    var rules =
        Chart.render("restore: {enabled: true, migrateBaselines: true}")
            .only(ClusterRole.class)
            .getRules();

    var more = rules.subList(enabled.size(), rules.size());
    assertThat(GrantedRights.of(more)).containsExactlyInAnyOrder("/secrets get", "/secrets delete");
    var file =
        Manifests.parse(Files.readString(Kustomize.FOLDER.resolve("restore-migration-rbac.yaml")));
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
    var rendered =
        Chart.render("{watchNamespaces: [team-a, team-b, team-a], crds: {install: false}}");

    assertThat(rendered.kinds())
        .doesNotContainKeys("ClusterRole", "ClusterRoleBinding")
        .containsEntry("Role", 3L)
        .containsEntry("RoleBinding", 3L);
    assertThat(
            rendered.ofKinds("Role").all().stream()
                .map(role -> role.path("metadata").path("namespace").asText()))
        .containsExactlyInAnyOrder("team-a", "team-b", "here");
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_NAMESPACES", "team-a,team-b");
  }

  @Test
  void givesTheServiceAccountItsIamRole() {
    var rendered =
        Chart.render(
            "serviceAccount: {annotations: {eks.amazonaws.com/role-arn:"
                + " 'arn:aws:iam::123456789012:role/lco'}}");

    assertThat(rendered.only(ServiceAccount.class).getMetadata().getAnnotations())
        .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/lco");
  }

  @Test
  void usesAGivenServiceAccount() {
    var rendered = Chart.render("serviceAccount: {create: false, name: mine}");

    assertThat(rendered.kinds()).doesNotContainKey("ServiceAccount");
    assertThat(rendered.podSpec().getServiceAccountName()).isEqualTo("mine");
    assertThat(rendered.only(ClusterRoleBinding.class).getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getName()).isEqualTo("mine"));
  }
}
