package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions on an update that AWS answers with an error, or not at all. */
final class FailedUpdateDecisionTest {

  private static final String NAME = "{0} {1}: {2}";

  private final DeciderFixture resource = new DeciderFixture();

  private void decides(String code, int status, @Nullable String message, String kind) {
    Decision decision = resource.failsToUpdate(new Failure(code, message, status, null));

    assertThat(decision.getClass().getSimpleName()).isEqualTo(kind);
    if (decision instanceof Stalled) {
      assertThat(decision).withReason(code);
      assertThat(resource.retryState().held()).isNotNull();
      assertThat(resource.outcomes()).containsExactly(code);
    }
  }

  @Nested
  final class OfThrottlingAndTheServer {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "TooManyRequestsException | 429 | Rate exceeded | Retry",
          "ThrottlingException | 400 | Rate exceeded | Retry",
          "ServiceException | 500 | oops | Retry",
          "HTTP503 | 503 | | Retry",
          "EndpointUnreachable | 0 | no route | Retry",
          "ClientError | 0 | unreadable | Retry",
          "InternalFailure | 500 | An internal error occurred | Retry"
        })
    void passesByItself(String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }

    @Test
    void honoursRetryAfterWithinReason() {
      assertThat(resource.failsToUpdate(throttled(Duration.ofSeconds(40))))
          .isRetry()
          .withRequeueAfter(Duration.ofSeconds(40));
      assertThat(resource.failsToRead(throttled(Duration.ofSeconds(Long.MAX_VALUE))))
          .isRetry()
          .withRequeueAfter(Duration.ofHours(1));
      assertThat(resource.failsToRead(throttled(Duration.ZERO)))
          .isRetry()
          .withRequeueLaterThan(Duration.ofSeconds(1));
    }

    private static Failure throttled(Duration retryAfter) {
      return new Failure("TooManyRequestsException", "slow down", 429, retryAfter);
    }
  }

  @Nested
  final class OfCredentialsAndClocks {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "CredentialsUnavailable | 0 | none | Retry",
          "ExpiredTokenException | 403 | old | Retry",
          "ExpiredToken | 400 | old | Retry",
          "InvalidSignatureException | 403 | Signature expired: 20261126T0100Z is now earlier than"
              + " 20261126T0110Z (20261126T0115Z - 5 min.) | Retry",
          "InvalidSignatureException | 403 | Signature not yet current: 20261126T0200Z is still"
              + " later than 20261126T0120Z | Retry",
          "SignatureDoesNotMatch | 403 | Signature expired: 20261126T0100Z is now earlier | Retry",
          "RequestExpired | 400 | Request has expired. | Retry",
          "RequestTimeTooSkewed | 403 | The difference is too large | Retry",
          "RequestInTheFuture | 403 | x | Retry",
          "InvalidSignatureException | 403 | The request signature we calculated does not match"
              + " the signature you provided. | Stalled",
          "SignatureDoesNotMatch | 403 | | Stalled",
          "AccessDeniedException | 403 | | Stalled",
          "AccessDeniedException | 400 | | Stalled",
          "UnrecognizedClientException | 403 | x | Stalled"
        })
    void passesWhereTheNextOnesCanBeRight(
        String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }
  }

  @Nested
  final class OfAChangeBySomebodyElse {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "ResourceConflictException | 409 | An update is in progress | InProgress",
          "PreconditionFailedException | 412 | The Revision Id | ReadAgain"
        })
    void waitsOrReadsAgain(String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }
  }

  @Nested
  final class OfWhatTheFunctionRefersTo {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "InvalidParameterValueException | 400 | The role defined for the function cannot be"
              + " assumed by Lambda. | Retry",
          "InvalidParameterValueException | 400 | The provided execution role does not have"
              + " permissions to call X | Retry",
          "InvalidParameterValueException | 400 | KMS key is invalid for CreateGrant. KMS Message:"
              + " key | Retry",
          "InvalidParameterValueException | 400 | KMS key is invalid for CreateGrant. Key Aliases"
              + " are not supported | Stalled",
          "InvalidParameterValueException | 400 | Your request has been throttled by EC2 | Retry",
          "InvalidParameterValueException | 400 | EFS mount target is not yet available | Retry",
          "InvalidParameterValueException | 400 | EC2 Error Code: InvalidSubnetID.NotFound. |"
              + " Retry",
          "InvalidParameterValueException | 400 | EC2 Error Code: InvalidGroup.NotFound. | Retry",
          "CodeSigningConfigNotFoundException | 404 | x | Stalled",
          "ResourceNotFoundException | 404 | Layer version arn:aws:lambda:x does not exist. |"
              + " Stalled",
          "HTTP404 | 404 | | Stalled"
        })
    void passesWhereAwsMayNotKnowItYet(
        String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }

    @ParameterizedTest
    @CsvSource({
      "InvalidSubnetID.NotFound, 119, 120",
      "throttled by EC2, 599, 600",
      "cannot be assumed by Lambda, 899, 900"
    })
    void isStalledAfterTheTimeThatAwsCanNeed(String message, long before, long after) {
      Failure failure = new Failure("InvalidParameterValueException", message, 400, null);
      resource.failsToUpdate(failure);
      resource.hasWaited(Duration.ofSeconds(before));
      assertThat(resource.failsToUpdate(failure)).isRetry();
      resource.hasWaited(Duration.ofSeconds(after));
      assertThat(resource.failsToUpdate(failure)).isStalled();
    }
  }

  @Nested
  final class OfTheRequestItself {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "InvalidParameterValueException | 400 | anything else | Stalled",
          "ValidationException | 400 | 1 validation error | Stalled",
          "RequestEntityTooLargeException | 413 | too large | Stalled",
          "CodeVerificationFailedException | 400 | x | Stalled",
          "InvalidCodeSignatureException | 400 | x | Stalled",
          "SomethingNew | 400 | x | Stalled"
        })
    void isStalled(String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }

    @Test
    void withholdsAMessageThatRepeatsAValue() {
      resource.desires("{environment: {variables: {AA: hunter22}}}");
      assertThat(
              resource.failsToUpdate(
                  new Failure("ValidationException", "bad: hunter22", 400, null)))
          .isStalled()
          .withMessageContaining(Redaction.WITHHELD);
    }
  }

  @Nested
  final class OfAnEndpointWithoutTheAction {

    @ParameterizedTest(name = NAME)
    @CsvSource(
        delimiter = '|',
        value = {
          "HTTP501 | 501 | | Stalled",
          "InternalFailure | 501 | API action 'UpdateFunctionConfiguration' for service 'lambda'"
              + " not yet implemented or pro feature | Stalled",
          "InternalFailure | 500 | The UpdateFunctionConfiguration action has not been implemented"
              + " | Stalled",
          "HTTP500 | 500 | NotImplementedError: x | Stalled",
          "NotImplemented | 500 | x | Stalled",
          "NotImplementedException | 400 | x | Stalled",
          "UnknownOperationException | 404 | x | Stalled"
        })
    void isStalled(String code, int status, @Nullable String message, String kind) {
      decides(code, status, message, kind);
    }
  }
}
