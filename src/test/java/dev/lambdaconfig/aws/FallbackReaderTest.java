package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.account.Accounts;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The operation that a function is read by, and the quota that the read is charged to. */
final class FallbackReaderTest {

  private final FakeLambda aws = new FakeLambda();
  private final RateLimitedLambda lambda = aws.lambda;

  @Test
  void aPlanIsMadeFromGetFunctionConfiguration() {
    // When
    lambda.read("a", ORDERS, Priority.READ);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunctionConfiguration");
  }

  @Test
  void aRunningUpdateIsLookedAtByGetFunction() {
    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  @Test
  void whereTheSharedQuotaIsUsedUpGetFunctionReads() {
    // Given
    aws.useUpControl();

    // When
    CallResult<Answer> read = lambda.read("a", ORDERS, Priority.READ);

    // Then
    assertThat(read).isInstanceOf(CallResult.Answered.class);
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  @Test
  void anEndpointThatHasNoGetFunctionIsNoFunctionThatIsMissing() {
    // Given
    aws.api.getFunction = new Failure("HTTP404", null, 404, null);

    // When
    CallResult<Answer> polled = lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(polled)
        .isInstanceOfSatisfying(
            CallResult.Answered.class,
            answered -> assertThat(answered.answer()).isInstanceOf(Answer.Described.class));
  }

  @Test
  void anEndpointThatSaysThatItDoesNotKnowGetFunctionIsReadOtherwise() {
    // Given
    aws.api.getFunction = new Failure("UnknownOperationException", null, 400, null);

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction", "GetFunctionConfiguration");
  }

  @Test
  void anAnswerToGetFunctionThatIsOfNoUseIsFollowedByTheOtherReadEachTime() {
    // Given
    aws.api.getFunction = new Failure(Failure.CLIENT_ERROR, "describes no function", 0, null);

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls)
        .containsExactly(
            "GetFunction", "GetFunctionConfiguration", "GetFunction", "GetFunctionConfiguration");
  }

  @Test
  void aFunctionThatIsMissingIsAnAnswer() {
    // Given
    aws.api.getFunction = new Failure("ResourceNotFoundException", "Function not found", 404, null);

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(aws.api.calls).containsExactly("GetFunction");
  }

  /** The place that a caller has in each of the two queues. */
  @Nested
  final class Places {

    private final FakeLambda.Api api = new FakeLambda.Api();
    private final Accounts accounts =
        new Accounts(new CallLimits(10), () -> 0, WaitListener.NONE, RegionListener.NONE);
    private final FallbackReader reader =
        new FallbackReader(api, accounts, new CallExecutor(() -> 0));
    private final AccountQuota quota = accounts.of("a", ORDERS).quota();

    private void useUp(RateLimiter limiter) {
      WaiterId busy = WaiterId.update("busy");
      while (limiter.ask(busy, Priority.WRITE) instanceof Reservation.Granted granted) {
        granted.permit().done(CallOutcome.ANSWERED);
      }
      limiter.forget(busy);
    }

    @Test
    void aReadThatFallsBackWaitsForNoOtherCall() {
      // Given
      useUp(quota.control());

      // When
      reader.read("a", ORDERS, Priority.READ);

      // Then
      assertThat(api.calls).containsExactly("GetFunction");
      assertThat(quota.waiting()).isZero();
    }

    @Test
    void aReadThatFindsBothQuotasUsedUpWaitsForTheFirst() {
      // Given
      useUp(quota.control());
      useUp(quota.getFunction());

      // When
      CallResult<Answer> read = reader.read("a", ORDERS, Priority.READ);

      // Then
      assertThat(read).isInstanceOf(CallResult.Deferred.class);
      assertThat(quota.control().waiting(Priority.READ)).isOne();
      assertThat(quota.getFunction().waiting(Priority.READ)).isZero();
      assertThat(api.calls).isEmpty();
    }

    @Test
    void aPollWaitsForGetFunctionWhereTheSharedQuotaHasCallsLeft() {
      // Given
      useUp(quota.getFunction());

      // When
      CallResult<Answer> polled = reader.poll("a", ORDERS, Priority.SETTLE);

      // Then
      assertThat(polled).isInstanceOf(CallResult.Deferred.class);
      assertThat(quota.getFunction().waiting(Priority.SETTLE)).isOne();
      assertThat(quota.control().waiting(Priority.SETTLE)).isZero();
      assertThat(api.calls).isEmpty();
    }

    @Test
    void aReadThatMayNotFallBackWaits() {
      // Given
      api.getFunction = DENIED;
      reader.poll("b", ORDERS, Priority.SETTLE);
      useUp(quota.control());
      api.calls.clear();

      // When
      CallResult<Answer> read = reader.read("a", ORDERS, Priority.READ);

      // Then
      assertThat(read).isInstanceOf(CallResult.Deferred.class);
      assertThat(api.calls).isEmpty();
    }

    @Test
    void aFallbackThatIsRefusedWaitsForTheFirstAgain() {
      // Given
      api.getFunction = DENIED;
      useUp(quota.control());

      // When
      CallResult<Answer> read = reader.read("a", ORDERS, Priority.READ);

      // Then
      assertThat(read).isInstanceOf(CallResult.Deferred.class);
      assertThat(api.calls).containsExactly("GetFunction");
      assertThat(quota.control().waiting(Priority.READ)).isOne();
    }
  }
}
