package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reaction to each failed call. */
final class FailureKindTest {

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundException, 404, NOT_FOUND",
    "HTTP404, 404, NOT_FOUND",
    "CodeSigningConfigNotFoundException, 404, REFUSED",
    "PreconditionFailedException, 412, STALE_REVISION",
    "HTTP412, 412, STALE_REVISION",
    "ResourceConflictException, 409, BUSY",
    "HTTP409, 409, BUSY",
    "TooManyRequestsException, 429, THROTTLED",
    "ThrottlingException, 400, THROTTLED",
    "HTTP429, 429, THROTTLED",
    "ServiceException, 500, TRANSIENT",
    "HTTP503, 503, TRANSIENT",
    "EndpointUnreachable, 0, TRANSIENT",
    "CredentialsUnavailable, 0, TRANSIENT",
    "ClientError, 0, TRANSIENT",
    "ExpiredTokenException, 403, TRANSIENT",
    "RequestExpired, 400, TRANSIENT",
    "AccessDeniedException, 403, DENIED",
    "AccessDenied, 400, DENIED",
    "UnrecognizedClientException, 401, DENIED",
    "ValidationException, 400, REFUSED",
    "InvalidParameterValueException, 400, REFUSED"
  })
  void isOfTheCodeAndOfTheHttpStatusOfOnesThatAreNotKnown(
      String code, int status, FailureKind kind) {
    assertThat(of(code, status, null)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "The role defined for the function cannot be assumed by Lambda., PROPAGATING_POLICY",
    "The provided execution role does not have permissions to call X, PROPAGATING_POLICY",
    "KMS key is invalid for CreateGrant, PROPAGATING_POLICY",
    "KMS key is invalid for CreateGrant: Key Aliases are not supported, REFUSED",
    "EC2 Error Code: InvalidSubnetID.NotFound., PROPAGATING_ID",
    "EC2 Error Code: InvalidSecurityGroupID.NotFound., PROPAGATING_ID",
    "Lambda was throttled by EC2, PROPAGATING_NETWORK",
    "EFS file system is not ready, PROPAGATING_NETWORK",
    "Timeout is too large, REFUSED"
  })
  void ofAnInvalidParameterIsOfTheMessage(String message, FailureKind kind) {
    assertThat(of("InvalidParameterValueException", 400, message)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Signature expired: 20261126T030000Z is now earlier than, TRANSIENT",
    "Signature not yet current, TRANSIENT",
    "The request signature we calculated does not match, DENIED",
    ", DENIED"
  })
  void ofASignatureIsTransientOnlyWhereAClockIsWrong(@Nullable String message, FailureKind kind) {
    assertThat(of("InvalidSignatureException", 403, message)).isEqualTo(kind);
  }

  @Test
  void ofAClockIsOfASignatureOnly() {
    assertThat(of("ValidationException", 400, "Signature expired")).isEqualTo(FailureKind.REFUSED);
  }

  private static FailureKind of(String code, int status, @Nullable String message) {
    return FailureKind.of(new Failure(code, message, status, null));
  }
}
