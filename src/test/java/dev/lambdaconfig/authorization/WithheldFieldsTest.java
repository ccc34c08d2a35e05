package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import org.junit.jupiter.api.Test;

/** A baseline restores nothing that a spec of the namespace could not have. */
final class WithheldFieldsTest {

  private static final String OURS = "arn:aws:iam::123456789012:role/team-a/worker";
  private static final String ADMIN = "arn:aws:iam::123456789012:role/admin";

  private static final String TEAM_A =
      """
      rules:
        - namespaces: [team-a]
          functions: ["orders-*"]
          roles: ["arn:aws:iam::123456789012:role/team-a/*"]
          subnets: [subnet-1]
          securityGroups: [sg-1]
      """;

  private static WithheldFields withheld(String policy, String restored) throws PolicyException {
    return withheld(Policy.parse(policy), restored);
  }

  /** What is withheld of a restore that sets what this spec does. */
  private static WithheldFields withheld(Policy policy, String restored) {
    return policy.withheld(
        "team-a", new Target("eu-west-1", "orders-api"), TestSpecs.desired(restored).values());
  }

  @Test
  void allThatARuleNamesIsRestored() throws PolicyException {
    assertThat(
            withheld(
                TEAM_A,
                "{role: '"
                    + OURS
                    + "', timeout: 3, vpcConfig: {subnetIds: [subnet-1]}, kmsKeyArn: ''}"))
        .isEqualTo(WithheldFields.NONE);
  }

  @Test
  void anythingIsRestoredWithoutRules() {
    assertThat(withheld(Policy.ALLOW_ALL, "{role: '" + ADMIN + "'}"))
        .isEqualTo(WithheldFields.NONE);
  }

  @Test
  void onlyWhatItDoesNotNameIsWithheld() throws PolicyException {
    // When
    WithheldFields withheld =
        withheld(
            TEAM_A,
            "{timeout: 3, role: '"
                + ADMIN
                + "', layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:x:1']}");

    // Then
    assertThat(withheld.paths()).containsExactly("role");
    assertThat(withheld.refusal()).contains("role " + ADMIN);
  }

  @Test
  void ofAMergedFieldOnlyTheEntriesThatAreSetAreJudged() throws PolicyException {
    // Given
    String rules = "rules: [{namespaces: [team-a], layers: ['*:layer:team-a:*']}]";
    String layer = "arn:aws:lambda:eu-west-1:123456789012:layer:";

    // Then
    assertThat(withheld(rules, "{layersPolicy: Merge, layers: ['%steam-a:1']}".formatted(layer)))
        .isEqualTo(WithheldFields.NONE);
    assertThat(
            withheld(rules, "{layersPolicy: Merge, layers: ['%spayroll:1']}".formatted(layer))
                .paths())
        .containsExactly("layers");
  }

  @Test
  void aBlockIsRestoredAsAWholeOrNotAtAll() throws PolicyException {
    assertThat(
            withheld(
                    TEAM_A,
                    "{vpcConfig: {subnetIds: [], securityGroupIds: [sg-2]}, role: '" + OURS + "'}")
                .paths())
        .containsExactlyInAnyOrder("vpcConfig.subnetIds", "vpcConfig.securityGroupIds");
  }

  @Test
  void oneRuleAllowsAllThatIsRestored() throws PolicyException {
    // Given
    String rules =
        """
        rules:
          - {namespaces: [team-a], roles: ["*/team-a/*"], subnets: []}
          - {namespaces: [team-a], roles: [], subnets: [subnet-9]}
        """;

    // Then
    assertThat(
            withheld(rules, "{role: '" + OURS + "', vpcConfig: {subnetIds: [subnet-9]}}").paths())
        .containsExactly("vpcConfig.subnetIds");
  }
}
