package dev.lambdaconfig.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.model.Target;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of the chart's values, as the operator gets it. */
final class ChartPolicyTest {

  private static final String VARIABLE = "LAMBDA_CONFIG_POLICY_FILE";
  private static final Target ORDERS = new Target("eu-west-1", "orders-api");

  @Test
  void isAFileThatTheOperatorReads() throws Exception {
    // When
    var rendered =
        Chart.render("policy: {rules: [{namespaces: [team-a, 'b-*'], functions: ['orders-*']}]}");

    // Then
    ConfigMap map = rendered.only(ConfigMap.class);
    Policy policy = Policy.parse(requireNonNull(map.getData().get("policy.yaml")));
    assertThat(policy.refusal("team-a", ORDERS)).isNull();
    assertThat(policy.refusal("b-1", ORDERS)).isNull();
    assertThat(policy.refusal("team-c", ORDERS)).isNotNull();
    assertThat(rendered.environment())
        .containsEntry(VARIABLE, "/etc/lambda-config-operator/policy.yaml");
    assertThat(rendered.container().getVolumeMounts())
        .anySatisfy(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/etc/lambda-config-operator");
              assertThat(mount.getName()).isEqualTo("policy");
            });
    assertThat(rendered.podSpec().getVolumes())
        .anySatisfy(
            volume -> {
              assertThat(volume.getName()).isEqualTo("policy");
              assertThat(volume.getConfigMap().getName()).isEqualTo(map.getMetadata().getName());
            });
  }

  @Test
  void forbidsEverythingIfItHasNoRule() throws Exception {
    var rendered = Chart.render("policy: {rules: []}");

    ConfigMap map = rendered.only(ConfigMap.class);
    Policy policy = Policy.parse(requireNonNull(map.getData().get("policy.yaml")));
    assertThat(policy.refusal("team-a", ORDERS)).contains("has no rule");
    assertThat(rendered.environment()).containsKey(VARIABLE);
  }

  @Test
  void assignsRolesWithoutRestrictingWhatIsNamed() throws Exception {
    var rendered =
        Chart.render(
            "policy: {identities: [{namespaces: [team-a], externalId: id, role:"
                + " 'arn:aws:iam::123456789012:role/team-a'}]}");

    ConfigMap map = rendered.only(ConfigMap.class);
    Policy policy = Policy.parse(requireNonNull(map.getData().get("policy.yaml")));
    assertThat(policy.isUnrestricted()).isTrue();
    assertThat(policy.rolesOf("team-a")).hasSize(1);
    assertThat(rendered.environment()).containsKey(VARIABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "policy: {}", "policy: {rules: null}", "policy: {identities: []}"})
  void isNoneByDefault(String values) {
    var rendered = Chart.render(values);

    assertThat(rendered.environment()).doesNotContainKey(VARIABLE);
    assertThat(rendered.container().getVolumeMounts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          functions: ['eu-west-1:orders']            | functions: ['orders-*']
          regions: [eu-west]                         | regions: [eu-west-1, us-gov-west-1, 'eu-*']
          regions: [EU-*]                            | regions: ['*']
          accounts: ['12345678901']                  | accounts: ['123456789012']
          accounts: ['1234567890123', '*']           | accounts: ['12*', '*']
          roles: ['role/team-a/*']                   | roles: ['arn:aws:iam::123456789012:role/a/*']
          kmsKeys: ['alias/team-a']                  | kmsKeys: ['*:alias/team-a']
          layers: [shared]                           | layers: []
          subnets: ['']                              | subnets: [subnet-1]
          """)
  void isRefusedWhereTheOperatorWouldNotStart(String refused, String accepted) {
    String rule = "{rules: [{namespaces: [team-a], %s}]}";

    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> Policy.parse(rule.formatted(refused)));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render("policy: " + rule.formatted(refused)))
        .withMessageContaining("policy");
    assertThatNoException().isThrownBy(() -> Policy.parse(rule.formatted(accepted)));
    assertThatNoException().isThrownBy(() -> Chart.render("policy: " + rule.formatted(accepted)));
  }
}
