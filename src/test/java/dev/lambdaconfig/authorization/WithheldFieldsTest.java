package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.model.Target;
import java.util.Arrays;
import java.util.List;
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

  private static WithheldFields withheld(String policy, BaselineField... fields)
      throws PolicyException {
    return Policy.parse(policy)
        .withheld("team-a", new Target("eu-west-1", "orders-api"), Arrays.asList(fields));
  }

  private static BaselineField field(String path, Object value) {
    return new BaselineField(path, value, null);
  }

  @Test
  void allThatARuleNamesIsRestored() throws PolicyException {
    assertThat(
            withheld(
                TEAM_A,
                field("role", OURS),
                field("timeout", 3L),
                field("vpcConfig.subnetIds", List.of("subnet-1")),
                new BaselineField("kmsKeyArn", null, null)))
        .isEqualTo(WithheldFields.NONE);
  }

  @Test
  void anythingIsRestoredWithoutRules() {
    assertThat(
            Policy.ALLOW_ALL.withheld(
                "team-a", new Target("eu-west-1", "any"), List.of(field("role", ADMIN))))
        .isEqualTo(WithheldFields.NONE);
  }

  @Test
  void onlyWhatItDoesNotNameIsWithheld() throws PolicyException {
    // When
    WithheldFields withheld =
        withheld(
            TEAM_A,
            field("timeout", 3L),
            field("role", ADMIN),
            field("layers", List.of("arn:aws:lambda:eu-west-1:1:layer:x:1")));

    // Then
    assertThat(withheld.paths()).containsExactly("role");
    assertThat(withheld.refusal()).contains("role " + ADMIN);
  }

  @Test
  void theFirstOfTwoEntriesForAFieldHidesNoOther() throws PolicyException {
    assertThat(withheld(TEAM_A, field("role", ADMIN), field("role", OURS)).paths())
        .containsExactly("role");
  }

  @Test
  void aBlockIsRestoredAsAWholeOrNotAtAll() throws PolicyException {
    assertThat(
            withheld(
                    TEAM_A,
                    field("vpcConfig.subnetIds", List.of("subnet-1")),
                    field("vpcConfig.securityGroupIds", List.of("sg-2")),
                    field("role", OURS))
                .paths())
        .containsExactly("vpcConfig.subnetIds", "vpcConfig.securityGroupIds");
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
            withheld(rules, field("role", OURS), field("vpcConfig.subnetIds", List.of("subnet-9")))
                .paths())
        .containsExactly("vpcConfig.subnetIds");
  }
}
