package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quota that a call is taken from, and the order of the calls that wait for it. */
final class RateLimitedLambdaTest {

  private final FakeLambda aws = new FakeLambda();
  private final RateLimitedLambda lambda = aws.lambda;

  @Test
  void whoWaitsToUpdateKeepsItsTurnWhileItReads() {
    // Given
    aws.useUpControl();
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Deferred.class);
    lambda.read("a", ORDERS, Priority.READ);

    // When
    aws.pass(Duration.ofMillis(110));
    List<String> first = lambda.due();
    aws.pass(Duration.ofMillis(100));
    List<String> second = lambda.due();

    // Then
    assertThat(first).containsExactly("busy");
    assertThat(second).containsExactly("a");
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void aRegionWhoseEndpointIsAwayDoesNotDelayAnother() {
    // Given
    aws.api.all = new Failure(Failure.ENDPOINT_UNREACHABLE, "refused", 0, null);
    for (int i = 0; i < 5; i++) {
      aws.pass(Duration.ofSeconds(1));
      lambda.read("a" + i, ORDERS, Priority.READ);
    }
    assertThat(lambda.read("a", ORDERS, Priority.READ)).isInstanceOf(CallResult.Unavailable.class);
    aws.api.all = null;

    // When
    CallResult<Answer> elsewhere =
        lambda.read("b", new Target("us-east-1", "orders"), Priority.READ);

    // Then
    assertThat(elsewhere).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void noNumberOfResourcesThatReadFromTimeToTimeStandsBeforeAList() {
    // Given
    aws.useUpControl();
    aws.api.getFunction = DENIED;
    aws.api.configuration = DENIED;
    for (int i = 0; i < 3_000; i++) {
      lambda.poll("unreadable-" + i, ORDERS, Priority.SWEEP);
    }
    QuotaScope scope = new QuotaScope(null, "eu-west-1");
    assertThat(lambda.list(scope, null, null)).isInstanceOf(CallResult.Deferred.class);

    // When
    aws.pass(Duration.ofSeconds(1));

    // Then
    assertThat(lambda.list(scope, null, null)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void aReadThatCannotWaitIsOwed() {
    // Given
    aws.useUpControl();

    // When
    Answer answer = lambda.readNow(ORDERS);
    aws.pass(Duration.ofMillis(100));

    // Then
    assertThat(answer).isInstanceOf(Answer.Described.class);
    assertThat(lambda.reserveUpdate("busy", ORDERS)).isInstanceOf(Reservation.Deferred.class);
  }
}
