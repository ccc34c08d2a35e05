package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.OTHER;
import static dev.lambdaconfig.aws.FakeLambda.by;
import static dev.lambdaconfig.aws.FakeLambda.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The account whose quota a call counts for. */
final class PayerTest {

  private static final String STRANGER = "666666666666";

  private final FakeLambda aws = new FakeLambda();
  private final RateLimitedLambda lambda = aws.lambda;

  @Test
  void whoNamesFunctionsOfAnotherAccountTakesNoneOfItsQuota() {
    // Given
    Target owner = by("owner", OTHER);
    lambda.read("owner", owner, Priority.READ);
    Target stranger = in(OTHER).as(new Identity("strangers", "sa", STRANGER, "strangers#1"));
    aws.api.getFunction = DENIED;
    aws.api.configuration = DENIED;

    // When
    for (int i = 0; i < 100; i++) {
      lambda.read("stranger-" + i, stranger, Priority.READ);
    }

    // Then
    assertThat(lambda.read("stranger", stranger, Priority.READ))
        .isInstanceOf(CallResult.Deferred.class);
    assertThat(lambda.read("owner", owner, Priority.READ)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void whoIsThrottledInItsOwnAccountSlowsNoOther() {
    // Given
    Target owner = by("owner", OTHER);
    lambda.read("owner", owner, Priority.READ);
    Target stranger = in(OTHER).as(new Identity("strangers", "sa", STRANGER, "strangers#1"));
    aws.api.all = new Failure("TooManyRequestsException", "no", 429, null);

    // When
    for (int i = 0; i < 100; i++) {
      lambda.read("stranger-" + i, stranger, Priority.READ);
      aws.pass(Duration.ofMillis(200));
    }

    // Then
    assertThat(lambda.perSecond(new QuotaScope(OTHER, "eu-west-1"))).isEqualTo(10);
    assertThat(lambda.perSecond(new QuotaScope(STRANGER, "eu-west-1"))).isLessThan(5);
  }
}
