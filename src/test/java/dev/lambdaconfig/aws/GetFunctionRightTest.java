package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.HOME;
import static dev.lambdaconfig.aws.FakeLambda.ORDERS;
import static dev.lambdaconfig.aws.FakeLambda.OTHER;
import static dev.lambdaconfig.aws.FakeLambda.by;
import static dev.lambdaconfig.aws.FakeLambda.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shows that an identity may not call GetFunction, and for whom. */
final class GetFunctionRightTest {

  private final FakeLambda aws = new FakeLambda();
  private final RateLimitedLambda lambda = aws.lambda;

  @Test
  void withoutTheRightToGetFunctionTheOtherOneIsUsedForAnHour() {
    // Given
    aws.api.getFunction = DENIED;

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);
    lambda.poll("b", ORDERS, Priority.SETTLE);
    aws.pass(Duration.ofMinutes(61));
    lambda.poll("c", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls)
        .containsExactly(
            "GetFunction",
            "GetFunctionConfiguration",
            "GetFunctionConfiguration",
            "GetFunction",
            "GetFunctionConfiguration");
  }

  @Test
  void whoWaitsForTheOtherReadTriesGetFunctionNoSecondTime() {
    // Given
    aws.api.getFunction = DENIED;
    aws.useUpControl();

    // When
    CallResult<Answer> polled = lambda.poll("a", ORDERS, Priority.SETTLE);
    CallResult<Answer> read = lambda.read("a", ORDERS, Priority.SETTLE);
    aws.pass(Duration.ofSeconds(1));
    lambda.poll("a", ORDERS, Priority.SETTLE);
    lambda.poll("b", ORDERS, Priority.SETTLE);

    // Then
    assertThat(polled).isInstanceOf(CallResult.Deferred.class);
    assertThat(read).isInstanceOf(CallResult.Deferred.class);
    assertThat(aws.api.calls)
        .containsExactly("GetFunction", "GetFunctionConfiguration", "GetFunctionConfiguration");
  }

  @Test
  void aRefusalIsForgottenWithItsResource() {
    // Given
    aws.api.getFunction = DENIED;
    aws.useUpControl();
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // When
    lambda.forget("a");

    // Then
    StateSizes sizes = new StateSizes();
    lambda.sizes(sizes);
    assertThat(sizes.byName()).containsEntry("Account.refusals", 0L);
  }

  @Test
  void anIdentityWithoutTheRightToGetFunctionTakesItFromNoOther() {
    // Given
    aws.api.getFunction = DENIED;
    lambda.poll("a", by("one", OTHER), Priority.SETTLE);
    aws.api.getFunction = null;
    aws.api.calls.clear();

    // When
    lambda.poll("a", by("one", OTHER), Priority.SETTLE);
    lambda.poll("b", by("two", OTHER), Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunctionConfiguration", "GetFunction");
  }

  @Test
  void aFunctionThatMayNotBeReadAtAllDoesNotTakeGetFunctionFromOthers() {
    // Given
    aws.api.getFunction = DENIED;
    aws.api.configuration = DENIED;
    lambda.poll("stranger", in(OTHER), Priority.SETTLE);
    aws.api.getFunction = null;
    aws.api.configuration = null;
    aws.api.calls.clear();

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  @ParameterizedTest
  @CsvSource({
    "TooManyRequestsException, 429",
    "ServiceException, 500",
    "EndpointUnreachable, 0",
    "ResourceNotFoundException, 404"
  })
  void aFunctionThatCouldNotBeReadOtherwiseSaysNothingOfTheRight(String code, int status) {
    // Given
    aws.api.getFunction = DENIED;
    aws.api.configuration = new Failure(code, "no", status, null);
    lambda.poll("stranger", in(OTHER), Priority.SETTLE);

    // When
    aws.allowAll();
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  @Test
  void aFunctionOfAnotherAccountSaysNothingOfTheRightInTheOwnOne() {
    // Given
    lambda.recordHome(HOME);
    aws.api.getFunction = DENIED;
    lambda.poll("stranger", in(OTHER), Priority.SETTLE);

    // When
    aws.allowAll();
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  @Test
  void anIdentityThatMayCallGetFunctionForOthersLosesItForOneFunctionOnly() {
    // Given
    lambda.poll("a", ORDERS, Priority.SETTLE);
    aws.api.getFunction = DENIED;
    lambda.poll("b", ORDERS, Priority.SETTLE);
    aws.allowAll();

    // When
    lambda.poll("b", ORDERS, Priority.SETTLE);
    lambda.poll("a", ORDERS, Priority.SETTLE);
    aws.pass(Duration.ofMinutes(61));
    lambda.poll("b", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls)
        .containsExactly("GetFunctionConfiguration", "GetFunction", "GetFunction");
  }

  @Test
  void credentialsThatWereNotAcceptedSayNothingOfTheRight() {
    // Given
    aws.useUpControl();
    aws.api.getFunction = new Failure("UnrecognizedClientException", "no", 403, null);
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // When: they were rotated
    aws.allowAll();
    aws.pass(Duration.ofSeconds(2));
    lambda.poll("a", ORDERS, Priority.SETTLE);
    lambda.poll("b", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunctionConfiguration", "GetFunction");
  }
}
