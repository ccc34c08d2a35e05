package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the notes of an installation say about rights that the chart does not grant. */
final class ChartNotesTest {

  private static final String ALL_SECRETS = "values-rbac.yaml";

  @Test
  void nameTheFilesOfAWholeCluster() {
    assertThat(withoutRbac("restore: {enabled: true}\nvalueSources: {enabled: true}"))
        .contains("deploy/rbac.yaml, deploy/restore-rbac.yaml, deploy/values-rbac.yaml to the")
        .doesNotContain("RoleBinding", "values-name-rbac.yaml", "serviceaccounts");
  }

  @Test
  void askForRoleBindingsInWatchedNamespaces() {
    assertThat(withoutRbac("watchNamespaces: [team-a, team-b]\nvalueSources: {enabled: true}"))
        .contains(
            "bind the rules of deploy/rbac.yaml to the",
            "RoleBindings in team-a, team-b, in place of their ClusterRoleBindings.",
            "the ClusterRole of deploy/values-rbac.yaml by a RoleBinding in each watched"
                + " namespace");
  }

  @Test
  void exceptTheSecretsOfAllNamespacesWhereTheyAreWatched() {
    assertThat(
            withoutRbac("watchNamespaces: [team-a]\nvalueSources: {enabled: true, watch: cluster}"))
        .contains(
            "deploy/rbac.yaml, deploy/values-rbac.yaml to the",
            "ClusterRoleBindings, but that of values-rbac.yaml.");
  }

  @Test
  void keepTheBindingsThatOutliveANamespace() {
    assertThat(withoutRbac("watchNamespaces: [a]\nrestore: {enabled: true, clusterWide: true}"))
        .contains("keep the ClusterRoleBindings of rbac.yaml and restore-rbac.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valueSources: {enabled: true, watch: name}",
        "valueSources: {enabled: true, watch: name, names: {team-a: {secrets: [db, db], configMaps:"
            + " [features]}}}"
      })
  void grantNoMoreThanNamedObjects(String values) {
    String notes = withoutRbac(values);

    assertThat(notes).contains("deploy/values-name-rbac.yaml").doesNotContain(ALL_SECRETS);
    assertThat(notes.contains("team-a: secrets db; configmaps features"))
        .isEqualTo(values.contains("db"));
  }

  @Test
  void nameTheServiceAccountsOfTenants() {
    assertThat(
            withoutRbac(
                "identity: {serviceAccounts: [{namespace: team-a, serviceAccounts: [writer, x]}]}"))
        .contains("create on serviceaccounts/token, by these names only:\n  team-a: writer, x");
    assertThat(withoutRbac("identity: {anyServiceAccount: true}"))
        .contains("grant get on serviceaccounts and create on serviceaccounts/token.");
  }

  @Test
  void warnOfTheDeletionOfAWatchedNamespace() {
    String warning = "before you delete a watched namespace";

    assertThat(notes("{watchNamespaces: [a], restore: {enabled: true}}")).contains(warning);
    assertThat(notes("restore: {enabled: true}")).doesNotContain(warning);
    assertThat(notes("{watchNamespaces: [a], restore: {enabled: true, clusterWide: true}}"))
        .doesNotContain(warning);
  }

  private static String withoutRbac(String values) {
    return notes("rbac: {create: false}\n" + values);
  }

  private static String notes(String values) {
    return Chart.notes("lco", "here", values);
  }
}
