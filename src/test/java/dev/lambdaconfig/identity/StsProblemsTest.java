package dev.lambdaconfig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** STS's refusals: which pass by themselves, and what to write for the others. */
final class StsProblemsTest {

  private static final IdentityKey.OfRole ASSIGNED =
      new IdentityKey.OfRole("team", IdentityFixture.ROLE, null, "eu-west-1");

  private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IDPCommunicationError | 400 | An error occurred | true",
        "InvalidIdentityToken | 400 | Couldn't retrieve verification key from your provider | true",
        "InvalidIdentityToken | 400 | No OpenIDConnect provider found in your account | false",
        "InvalidIdentityToken | 400 | Incorrect token audience | false",
        "ExpiredTokenException | 400 | Token expired | true",
        "IDPRejectedClaim | 403 | rejected | false",
        "AccessDenied | 403 | Not authorized to perform sts:AssumeRoleWithWebIdentity | false",
        "RegionDisabledException | 403 | STS is not activated in this region | false",
        "MalformedPolicyDocument | 400 | malformed | false",
        "ValidationError | 400 | 1 validation error detected | false",
        "Throttling | 400 | Rate exceeded | true",
        "ServiceUnavailable | 503 | later | true",
        "InternalFailure | 500 | later | true",
        "HTTP502 | 502 | bad gateway | true"
      })
  void passesByItselfOrNot(String code, int status, String message, boolean passing) {
    // When
    Problem problem = problem(new Failure(code, message, status, null), 0);

    // Then
    assertThat(problem.passing()).isEqualTo(passing);
    assertThat(problem.reason()).isEqualTo(code);
    assertThat(problem.message()).contains(message);
  }

  @Test
  void aTokenThatIsTooOldForASecondTimeIsAWrongClock() {
    Problem problem = problem(new Failure("ExpiredTokenException", "Token expired", 400, null), 1);

    assertThat(problem.kind()).isEqualTo(Problem.Kind.OF_OPERATOR);
    assertThat(problem.message()).contains("clocks");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 403, OF_IDENTITY",
    "InvalidIdentityToken, 400, OF_IDENTITY",
    "ValidationError, 400, OF_IDENTITY",
    "HTTP400, 400, OF_OPERATOR",
    "HTTP401, 401, OF_OPERATOR",
    "HTTP403, 403, OF_OPERATOR",
    "HTTP404, 404, OF_OPERATOR",
    "HTTP407, 407, OF_OPERATOR",
    "HTTP429, 429, PASSING",
    "HTTP503, 503, PASSING"
  })
  void whatIsNotOfStsSaysNothingOfTheIdentity(String code, int status, Problem.Kind kind) {
    // When
    Failure failure = new Failure(code, "said", status, null);

    // Then
    assertThat(problem(failure, 0).kind()).isEqualTo(kind);
    assertThat(AssignedRoleProblems.of(failure, ASSIGNED).kind()).isEqualTo(kind);
  }

  @Test
  void aMissingTrustIsToldWithThePolicyToWrite() {
    // When
    Problem problem = problem(new Failure("AccessDenied", "Not authorized", 403, null), 0);

    // Then
    assertThat(problem.message())
        .contains(
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": \
            "arn:aws:iam::210987654321:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"}, \
            "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": \
            {"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:team:writer", \
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com"}}}]}\
            """);
  }

  @Test
  void aMissingProviderIsToldWithTheCommandThatCreatesIt() {
    Problem problem =
        problem(
            new Failure("InvalidIdentityToken", "No OpenIDConnect provider found", 400, null), 0);

    assertThat(problem.message())
        .contains("in account 210987654321")
        .contains("aws iam create-open-id-connect-provider --url " + ISSUER)
        .contains("--client-id-list sts.amazonaws.com");
  }

  @Test
  void theMessageIsShortWhateverStsAndTheTokenSay() {
    Problem problem =
        StsProblems.of(
            new Failure("AccessDenied", "x".repeat(100_000), 403, null),
            attempt("https://" + "i".repeat(100_000), 0));

    assertThat(problem.message()).hasSizeLessThan(3000);
  }

  private static Problem problem(Failure failure, int attempts) {
    return StsProblems.of(failure, attempt(ISSUER, attempts));
  }

  private static StsProblems.Attempt attempt(String issuer, int attempts) {
    return new StsProblems.Attempt(
        new ServiceAccount("team", "writer", "uid", Map.of(), false),
        new RoleAnnotations("uid", IdentityFixture.ROLE, "sts.amazonaws.com"),
        "eu-west-1",
        issuer,
        attempts);
  }
}
