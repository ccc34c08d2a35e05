package dev.lambdaconfig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles that the policy file assigns to a namespace, assumed by the operator's own identity. */
final class AssignedRoleTest {

  private static final String ROLE = "arn:aws:iam::210987654321:role/team";
  private static final IdentityKey.OfRole KEY =
      new IdentityKey.OfRole("team", ROLE, "c4n4ry-id", "eu-west-1");

  private final IdentityFixture fixture = new IdentityFixture();

  @Test
  void aSessionIsBegunWithoutAServiceAccountAndShared() {
    // When
    IdentityResolution one = fixture.resolved("one", KEY);
    IdentityResolution two = fixture.resolved("two", KEY);

    // Then
    assertThat(one)
        .isInstanceOfSatisfying(
            IdentityResolution.Usable.class,
            usable -> assertThat(usable.identity().account()).isEqualTo("210987654321"));
    assertThat(two).isEqualTo(one);
    assertThat(fixture.accounts.reads).hasValue(0);
    assertThat(fixture.accounts.mints).hasValue(0);
    assertThat(fixture.sessions.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.roleArn()).isEqualTo(ROLE);
              assertThat(request.name()).isEqualTo("team@policy");
              assertThat(request.authority())
                  .isEqualTo(
                      new RoleSessions.ByOperator(
                          "c4n4ry-id", Map.of("kubernetes-namespace", "team")));
            });
  }

  @Test
  void itIsRefreshedBeforeItEnds() {
    // Given
    fixture.resolved("one", KEY);

    // When
    for (int i = 0; i < 60; i++) {
      fixture.pass(Duration.ofMinutes(2));
      assertThat(fixture.resolved("one", KEY)).isInstanceOf(IdentityResolution.Usable.class);
      fixture.work();
    }

    // Then: two hours, of which each session is used for two thirds to nine tenths of 55 minutes
    assertThat(fixture.sessions.requests).hasSizeBetween(3, 5);
  }

  @Test
  void anotherExternalIdIsAnotherIdentityAndTheFormerOneIsForgotten() {
    // Given
    fixture.resolved("one", KEY);
    assertThat(fixture.sessions.held).hasSize(1);

    // When
    IdentityResolution other =
        fixture.resolved("one", new IdentityKey.OfRole("team", ROLE, "other", "eu-west-1"));

    // Then
    assertThat(other).isInstanceOf(IdentityResolution.Usable.class);
    assertThat(fixture.sessions.requests).hasSize(2);
    assertThat(fixture.sessions.held).hasSize(1);
  }

  @Test
  void namespacesShareNoSession() {
    // When
    fixture.resolved("one", KEY);
    fixture.resolved("two", new IdentityKey.OfRole("other-team", ROLE, "c4n4ry-id", "eu-west-1"));

    // Then
    assertThat(fixture.sessions.held).hasSize(2);
  }

  @Test
  void aRoleOfAnotherPartitionIsRefusedWithoutACall() {
    // When
    IdentityResolution resolution =
        fixture.resolved("one", new IdentityKey.OfRole("team", ROLE, null, "cn-north-1"));

    // Then
    assertThat(resolution)
        .isInstanceOfSatisfying(
            IdentityResolution.Failing.class,
            failing -> assertThat(failing.problem().reason()).isEqualTo("InvalidRole"));
    assertThat(fixture.sessions.requests).isEmpty();
  }

  @Test
  void aMissingTrustIsToldWithThePolicyAndWithoutTheExternalId() {
    // When
    var problem =
        AssignedRoleProblems.of(
            new Failure("AccessDenied", "is not authorized to perform: sts:TagSession", 403, null),
            KEY);

    // Then
    assertThat(problem.passing()).isFalse();
    assertThat(problem.message())
        .contains(
            "sts:TagSession",
            "\"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"]",
            "\"aws:RequestTag/kubernetes-namespace\": \"team\"",
            "\"sts:ExternalId\": \"<externalId of the policy file>\"")
        .doesNotContain("c4n4ry");
    assertThat(KEY.toString()).doesNotContain("c4n4ry");
    assertThat(KEY.text()).doesNotContain("c4n4ry");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Throttling                | 400 | true  | repeated",
        "InternalFailure           | 500 | true  | repeated",
        "ExpiredTokenException     | 403 | true  | repeated",
        "EndpointUnreachable       | 0   | true  | does not answer",
        "CredentialsUnavailable    | 0   | true  | said",
        "InvalidClientTokenId      | 403 | false | its own AWS credentials, and whether eu-west-1"
            + " is enabled",
        "SignatureDoesNotMatch     | 403 | false | its own AWS credentials",
        "RegionDisabledException   | 403 | false | activate STS for eu-west-1",
        "ValidationError           | 400 | false | check the role",
        "PackedPolicyTooLarge      | 400 | false | check the role"
      })
  void eachOtherFailureSaysWhetherItPasses(
      String code, int status, boolean passing, String message) {
    // When
    var problem = AssignedRoleProblems.of(new Failure(code, "said", status, null), KEY);

    // Then
    assertThat(problem.passing()).isEqualTo(passing);
    assertThat(problem.message()).contains(message);
    assertThat(problem.kind() == Problem.Kind.OF_OPERATOR)
        .as("says nothing of the role")
        .isEqualTo(message.contains("credentials"));
  }
}
