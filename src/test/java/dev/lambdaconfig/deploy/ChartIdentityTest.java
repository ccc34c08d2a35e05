package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The right to act as a ServiceAccount: none by default, each by name, or all on request. */
final class ChartIdentityTest {

  private static final String NAMED =
      "identity: {serviceAccounts: [{namespace: team-a, serviceAccounts: [writer, reader]},"
          + " {namespace: team-b, serviceAccounts: [writer]},"
          + " {namespace: team-a, serviceAccounts: [writer, third]}]}";

  @Test
  void grantsNoTokenByDefault() {
    assertThat(Chart.render("").toString() + Chart.render("watchNamespaces: [team-a]"))
        .doesNotContain("serviceaccounts");
  }

  @Test
  void grantsTokensOfNamedServiceAccountsInRolesOfTheirNamespaces() {
    // When
    var rendered = Chart.render(NAMED);

    // Then
    assertThat(GrantedRights.of(rendered.only(ClusterRole.class).getRules()))
        .noneMatch(right -> right.contains("serviceaccounts"));
    assertThat(rights(rendered, "team-a"))
        .containsExactlyInAnyOrder(
            "/serviceaccounts[writer, reader, third] get",
            "/serviceaccounts/token[writer, reader, third] create");
    assertThat(rights(rendered, "team-b"))
        .containsExactlyInAnyOrder(
            "/serviceaccounts[writer] get", "/serviceaccounts/token[writer] create");
  }

  @Test
  void grantsTokensOfAllOnlyWhereThatIsAskedForAndWarns() {
    // When
    var rendered = Chart.render("identity: {anyServiceAccount: true}");

    // Then
    assertThat(GrantedRights.of(rendered.only(ClusterRole.class).getRules()))
        .contains("/serviceaccounts get", "/serviceaccounts/token create");
  }

  @Test
  void requiresIdentitiesOnRequest() {
    assertThat(Chart.render("").environment())
        .doesNotContainKey("LAMBDA_CONFIG_TENANT_IDENTITY")
        .containsEntry("LAMBDA_CONFIG_CREDENTIALS_MAX_AGE", "1h");
    assertThat(Chart.render("identity: {required: true, credentialsMaxAge: 15m}").environment())
        .containsEntry("LAMBDA_CONFIG_TENANT_IDENTITY", "required")
        .containsEntry("LAMBDA_CONFIG_CREDENTIALS_MAX_AGE", "15m");
    assertThat(Chart.render("aws: {stsEndpointUrl: 'https://sts.example'}").environment())
        .containsEntry("AWS_ENDPOINT_URL_STS", "https://sts.example");
  }

  private static List<String> rights(Manifests rendered, String namespace) {
    return rendered.ofKinds("Role").all().stream()
        .filter(role -> role.at("/metadata/namespace").asText().equals(namespace))
        .map(role -> Serialization.unmarshal(role.toString(), Role.class))
        .flatMap(role -> GrantedRights.of(role.getRules()).stream())
        .toList();
  }
}
