package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles that a policy file assigns to namespaces. */
final class AssignedRoleReaderTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/team-a";

  @Test
  void anEntryAssignsItsRoleToItsNamespaces() throws PolicyException {
    // When
    Policy policy =
        Policy.parse(
            "identities: [{namespaces: [team-a, 'a-*'], role: '"
                + ROLE
                + "', externalId: 'c4n4ry'}, {namespaces: [b], role: '"
                + ROLE
                + "'}]");

    // Then
    assertThat(policy.rolesOf("a-1"))
        .singleElement()
        .satisfies(
            role -> {
              assertThat(role.entry()).isEqualTo("identities[0]");
              assertThat(role.roleArn()).isEqualTo(ROLE);
              assertThat(role.externalId()).isEqualTo("c4n4ry");
              assertThat(role.toString()).doesNotContain("c4n4ry");
            });
    assertThat(policy.rolesOf("b")).singleElement().extracting(AssignedRole::externalId).isNull();
    assertThat(policy.rolesOf("c")).isEmpty();
    assertThat(policy.isUnrestricted()).as("a file without rules restricts nothing").isTrue();
  }

  @Test
  void rulesAndIdentitiesGoTogether() throws PolicyException {
    Policy policy =
        Policy.parse("{rules: [], identities: [{namespaces: ['*'], role: '" + ROLE + "'}]}");

    assertThat(policy.isUnrestricted()).isFalse();
    assertThat(policy.rolesOf("team-a")).hasSize(1);
    assertThat(policy).isNotEqualTo(Policy.parse("{rules: []}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rules: [], identities: {}}                                      | must be a list",
        "identities: [team-a]                                             | [0] must be a map",
        "identities: [{namespaces: [a]}]                                  | [0].role must be the"
            + " ARN",
        "identities: [{namespaces: [a], role: admin}]                     | [0].role must be the"
            + " ARN",
        "identities: [{namespaces: [a], role: 'arn:aws:iam::1:role/*'}]   | [0].role must be the"
            + " ARN",
        "identities: [{role: 'arn:aws:iam::123456789012:role/a'}]         | [0].namespaces is"
            + " missing",
        "identities: [{namespaces: [a], roleArn: x}]                      | [0].roleArn is unknown",
        "identities: [{namespaces: [a], role: x, externalId: 12345}]      | externalId must be a"
            + " string",
        "identities: [{namespaces: [a], role: x, externalId: 'a b'}]      | externalId must be a"
            + " string",
        "{identities: [], rule: []}                                       | rule is unknown: the"
            + " file",
      })
  void whatIsWrongIsReportedWithItsPlace(String text, String problem) {
    assertThatThrownBy(() -> Policy.parse(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void rulesThatAreNoListAreNotIgnoredBesideIdentities() {
    assertThatThrownBy(
            () ->
                Policy.parse(
                    "{rules: oops, identities: [{namespaces: [a], role: '" + ROLE + "'}]}"))
        .hasMessageContaining("no list of rules");
  }
}
