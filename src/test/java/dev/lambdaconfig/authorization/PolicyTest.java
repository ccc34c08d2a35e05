package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy allows, and what a file has to look like. */
final class PolicyTest {

  private static final String TEAM_A =
      """
      rules:
        - namespaces: [team-a, "team-a-*"]
          functions: ["orders-*"]
          regions: [eu-west-1]
          accounts: ["123456789012"]
          roles: ["arn:aws:iam::123456789012:role/team-a/*"]
          kmsKeys: []
          layers: ["arn:aws:lambda:*:layer:ours:*"]
          subnets: [subnet-1]
          securityGroups: [sg-1]
      """;

  private static @Nullable String refusal(String policy, String namespace, String spec)
      throws PolicyException {
    return refusal(policy, namespace, "orders-api", spec);
  }

  private static @Nullable String refusal(
      String policy, String namespace, String function, String spec) throws PolicyException {
    return Policy.parse(policy)
        .refusal(namespace, TestSpecs.spec(spec), new Target("eu-west-1", function));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "team-a   | {timeout: 3}",
        "team-a-2 | {role: 'arn:aws:iam::123456789012:role/team-a/worker'}",
        "team-a   | {vpcConfig: {subnetIds: [subnet-1], securityGroupIds: [sg-1]}}",
        "team-a   | {vpcConfig: {subnetIds: [], securityGroupIds: []}, kmsKeyArn: '', layers: []}",
        "team-a   | {durableConfig: {executionTimeout: 9, kmsKeyArn: ''}}",
        "team-a   | {layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:ours:7']}",
      })
  void whatARuleNamesIsAllowed(String namespace, String spec) throws PolicyException {
    assertThat(refusal(TEAM_A, namespace, spec)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{role: 'arn:aws:iam::123456789012:role/admin'} | role"
            + " arn:aws:iam::123456789012:role/admin",
        "{kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/x'} | KMS key"
            + " arn:aws:kms:eu-west-1:123456789012:key/x",
        "{durableConfig: {kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/x'}} | KMS key"
            + " arn:aws:kms:eu-west-1:123456789012:key/x",
        "{layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:ours:7',"
            + " 'arn:aws:lambda:eu-west-1:1:layer:x:1']} | layer"
            + " arn:aws:lambda:eu-west-1:1:layer:x:1",
        "{vpcConfig: {subnetIds: [subnet-1, subnet-2]}} | subnet subnet-2",
        "{vpcConfig: {securityGroupIds: [sg-2]}} | security group sg-2",
      })
  void whatItDoesNotNameIsForbiddenAndSaid(String spec, String missing) throws PolicyException {
    assertThat(refusal(TEAM_A, "team-a", spec))
        .isEqualTo(
            "the operator's policy does not let namespace team-a name "
                + missing
                + ": name another, or ask its administrators to add it to a rule for this"
                + " namespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders-api | ",
        "arn:aws:lambda:eu-west-1:123456789012:function:orders-api | ",
        "123456789012:function:orders-api | ",
        "payments | function payments",
        "arn:aws:lambda:eu-west-1:123456789012:function:payments | function payments",
        "123456789012:function:payments | function payments",
        "arn:aws:lambda:eu-west-1:999999999999:function:orders-api | account 999999999999",
        "999999999999:function:orders-api | account 999999999999",
        "999999999999:orders-api | account 999999999999",
      })
  void aFunctionIsTheSameHoweverItIsSpelt(String function, @Nullable String missing)
      throws PolicyException {
    String refusal = refusal(TEAM_A, "team-a", function, "{timeout: 3}");

    if (missing == null) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).contains(" name " + missing + ":");
    }
    assertThat(Policy.parse(TEAM_A).refusal("team-a", new Target("eu-west-1", function)))
        .isEqualTo(refusal);
  }

  @Test
  void aRegionIsRestrictedToo() throws PolicyException {
    assertThat(Policy.parse(TEAM_A).refusal("team-a", new Target("us-east-1", "orders-api")))
        .contains("name Region us-east-1:");
  }

  @Test
  void aNamespaceWithoutRuleMayNothing() throws PolicyException {
    assertThat(refusal(TEAM_A, "team-b", "{timeout: 3}"))
        .startsWith("the operator's policy has no rule for namespace team-b: ");
    assertThat(refusal("rules: []", "team-a", "{timeout: 3}")).contains("has no rule");
  }

  @Test
  void oneRuleHasToAllowTheWhole() throws PolicyException {
    // Given
    String policy =
        """
        rules:
          - {namespaces: ["*"], functions: ["orders-*"], roles: ["arn:aws:iam::1:role/a"]}
          - {namespaces: [team-a], functions: ["pay-*"], roles: ["arn:aws:iam::1:role/b"]}
        """;

    // Then
    assertThat(refusal(policy, "team-a", "pay-x", "{role: 'arn:aws:iam::1:role/b'}")).isNull();
    assertThat(refusal(policy, "team-a", "orders-x", "{role: 'arn:aws:iam::1:role/a'}")).isNull();
    assertThat(refusal(policy, "team-a", "orders-x", "{role: 'arn:aws:iam::1:role/b'}"))
        .contains("role arn:aws:iam::1:role/b");
    assertThat(refusal(policy, "team-b", "pay-x", "{role: 'arn:aws:iam::1:role/b'}"))
        .contains("function pay-x, role arn:aws:iam::1:role/b:");
  }

  @Test
  void aListThatIsAbsentRestrictsNothing() throws PolicyException {
    assertThat(
            refusal(
                "{rules: [{namespaces: ['*']}]}",
                "team-z",
                "999999999999:function:any",
                "{role: 'arn:aws:iam::1:role/a', layers:"
                    + " ['arn:aws:lambda:eu-west-1:1:layer:x:1']}"))
        .isNull();
  }

  @Test
  void aMessageListsFiveNamesAtMost() throws PolicyException {
    assertThat(
            refusal(
                TEAM_A,
                "team-a",
                "{vpcConfig: {subnetIds: [s1, s2, s3, s4, s5, s6, s7], securityGroupIds: [g]}}"))
        .contains("subnet s5 and 3 more:")
        .doesNotContain("s6");
  }

  @Test
  void withoutAFileEverythingIsAllowed() {
    assertThat(
            Policy.ALLOW_ALL.refusal(
                "team-a", TestSpecs.spec("{role: x}"), new Target("eu-west-1", "f")))
        .isNull();
    assertThat(Policy.ALLOW_ALL.refusal("team-a", new Target("eu-west-1", "f"))).isNull();
  }

  @Nested
  final class AFile {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "'' | it has no list of rules",
          "'[]' | it has no list of rules",
          "rules: {} | it has no list of rules",
          "'{rules: [], extra: 1}' | extra is unknown",
          "'rules: [5]' | rules[0] must be a map",
          "'rules: [{functions: [a]}]' | rules[0].namespaces is missing",
          "'rules: [{namespaces: []}]' | rules[0].namespaces is missing",
          "'rules: [{namespaces: [a], role: [b]}]' | rules[0].role is unknown",
          "'rules: [{namespaces: team-a}]' | rules[0].namespaces must be a list",
          "'rules: [{namespaces: [a], functions: null}]' | rules[0].functions must be a list",
          "'rules: [{namespaces: [a], functions: [1]}]' | rules[0].functions[0] must be a string",
          "'rules: [{namespaces: [\"\"]}]' | rules[0].namespaces[0] must have 1 to 512 characters",
          "'rules: [{namespaces: [a], functions: [\"a:b\"]}]' | rules[0].functions[0] must be a"
              + " name",
          "'rules: [{namespaces: [a], accounts: [123456789012]}]' | must be a string",
          "'rules: [{namespaces: [a], accounts: [\"12345\"]}]' | must be an account of 12 digits",
          "'rules: [{namespaces: [a], regions: [europe]}]' | must be the code of an AWS Region",
          "'rules: [{namespaces: [a], roles: [admin]}]' | must be the pattern of an ARN",
          "'rules: [{namespaces: [a], namespaces: [b]}]' | it is not YAML",
          "'rules: [' | it is not YAML",
        })
    void isReadStrictly(String text, String problem) {
      assertThatThrownBy(() -> Policy.parse(text))
          .isInstanceOf(PolicyException.class)
          .hasMessageContaining(problem);
    }

    @Test
    void isToldAllItsProblemsTogether() {
      assertThatThrownBy(() -> Policy.parse("rules: [{functions: [a]}, {namespaces: [a], x: []}]"))
          .hasMessageContaining("rules[0].namespaces is missing")
          .hasMessageContaining("rules[1].x is unknown");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "rules: []",
          "{\"rules\": [{\"namespaces\": [\"a\"], \"regions\": [\"eu-*\"]}]}",
          "rules: [{namespaces: ['*'], accounts: ['*'], roles: ['*/team-a/*']}]",
        })
    void canBeYamlOrJson(String text) throws PolicyException {
      assertThat(Policy.parse(text)).isEqualTo(Policy.parse(text)).isNotEqualTo(Policy.ALLOW_ALL);
    }
  }
}
