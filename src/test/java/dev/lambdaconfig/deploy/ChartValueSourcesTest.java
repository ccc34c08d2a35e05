package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rights that the chart grants on the Secrets and ConfigMaps behind environment values. */
final class ChartValueSourcesTest {

  private static final List<String> ALL =
      List.of(
          "/secrets get",
          "/configmaps get",
          "/secrets list",
          "/configmaps list",
          "/secrets watch",
          "/configmaps watch");

  @Test
  void byDefaultThereAreNoneAndNothingIsWatched() {
    var rendered = Chart.render("");

    assertThat(roles(rendered)).isEmpty();
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_VALUE_WATCH", "none");
  }

  @Test
  void aClusterIsWatchedByAClusterRole() throws IOException {
    var rendered = Chart.render("valueSources: {enabled: true}");

    assertThat(roles(rendered)).containsOnlyKeys("");
    assertThat(roles(rendered).get("")).containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_VALUE_WATCH", "cluster");
    // The same for kustomize, in a file of its own that is applied only where wanted.
    var file = Kustomize.FOLDER.resolve("values-rbac.yaml");
    var kustomize = Manifests.parse(Files.readString(file));
    assertThat(GrantedRights.of(kustomize.only(ClusterRole.class).getRules()))
        .containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void aClusterIsWatchedOnRequestAlsoWhereOnlySomeNamespacesAre() {
    var rendered =
        Chart.render("{watchNamespaces: [team-a], valueSources: {enabled: true, watch: cluster}}");

    assertThat(roles(rendered)).containsOnlyKeys("");
  }

  @Test
  void watchedNamespacesHaveARoleEach() {
    var rendered =
        Chart.render("{watchNamespaces: [team-a, team-b, team-a], valueSources: {enabled: true}}");

    assertThat(roles(rendered)).containsOnlyKeys("team-a", "team-b");
    assertThat(roles(rendered).values())
        .allSatisfy(rights -> assertThat(rights).containsExactlyInAnyOrderElementsOf(ALL));
    assertThat(rendered.kinds()).doesNotContainKey("ClusterRole");
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_VALUE_WATCH", "namespace");
  }

  @Test
  void namedObjectsAreAllThatIsGranted() throws IOException {
    var rendered =
        Chart.render(
            """
            valueSources:
              enabled: true
              watch: name
              names:
                team-a: {secrets: [db, mail, db]}
                team-b: {configMaps: [features]}
                team-c: {}
            """);

    assertThat(roles(rendered)).containsOnlyKeys("team-a", "team-b");
    assertThat(roles(rendered).get("team-a"))
        .containsExactly(
            "/secrets[db, mail] get", "/secrets[db, mail] list", "/secrets[db, mail] watch");
    assertThat(roles(rendered).get("team-b"))
        .containsExactly(
            "/configmaps[features] get",
            "/configmaps[features] list",
            "/configmaps[features] watch");
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_VALUE_WATCH", "name");
    var example =
        Manifests.parse(Files.readString(Kustomize.FOLDER.resolve("values-name-rbac.yaml")));
    assertThat(GrantedRights.of(example.only(Role.class).getRules()))
        .containsExactly(
            "/secrets[db] get",
            "/secrets[db] list",
            "/secrets[db] watch",
            "/configmaps[features] get",
            "/configmaps[features] list",
            "/configmaps[features] watch");
  }

  /** The rights of the roles for values, by namespace; empty for a ClusterRole. */
  private static SortedMap<String, List<String>> roles(Manifests rendered) {
    SortedMap<String, List<String>> rights = new TreeMap<>();
    for (String kind : List.of("ClusterRole", "Role")) {
      for (JsonNode role : rendered.ofKinds(kind).all()) {
        if (role.at("/metadata/name").asText().endsWith("-values")) {
          rights.put(
              role.at("/metadata/namespace").asText(),
              GrantedRights.of(Serialization.unmarshal(role.toString(), Role.class).getRules()));
        }
      }
    }
    return rights;
  }
}
