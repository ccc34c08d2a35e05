package dev.lambdaconfig.aws;

import static dev.lambdaconfig.aws.FakeLambda.DENIED;
import static dev.lambdaconfig.aws.FakeLambda.HOME;
import static dev.lambdaconfig.aws.FakeLambda.ORDERS;
import static dev.lambdaconfig.aws.FakeLambda.OTHER;
import static dev.lambdaconfig.aws.FakeLambda.by;
import static dev.lambdaconfig.aws.FakeLambda.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The account that pays for a call, and the Regions that have callers. */
final class AccountsTest {

  private final FakeLambda aws = new FakeLambda();
  private final RateLimitedLambda lambda = aws.lambda;

  @Test
  void anArnOfTheOperatorsAccountIsChargedToIt() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    aws.useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("b", in(HOME))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void anotherAccountHasABudgetOfItsOwnOnceAFunctionThereWasDescribed() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    aws.useUpControl();
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Deferred.class);

    // When
    lambda.poll("c", in(OTHER), Priority.SETTLE);

    // Then
    assertThat(lambda.reserveUpdate("d", in(OTHER))).isInstanceOf(Reservation.Granted.class);
    assertThat(lambda.reserveUpdate("e", in("888888888888")))
        .isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void theAccountOfAnIdentityHasABudgetOfItsOwnAtOnce() {
    // Given: AWS has named no account yet
    aws.useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("a", by("writer", OTHER)))
        .isInstanceOf(Reservation.Granted.class);
    assertThat(lambda.reserveUpdate("b", in("888888888888")))
        .isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void anIdentityOfTheOperatorsAccountSharesItsBudget() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    aws.useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("b", by("writer", HOME)))
        .isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void theAnswerToAnIdentityDoesNotNameTheOperatorsAccount() {
    // When
    lambda.read("a", by("writer", HOME), Priority.READ);

    // Then
    assertThat(lambda.home()).isNull();
  }

  @Test
  void anAccountThatOnlyRefusesIsChargedToTheOperators() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    aws.api.all = DENIED;
    for (int i = 0; i < 5; i++) {
      aws.pass(Duration.ofSeconds(1));
      lambda.read("b", in(OTHER), Priority.READ);
    }
    aws.api.all = null;

    // When
    aws.useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void anAccountWhoseLastResourceGoesHasToBeDescribedAnew() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    lambda.read("c", in(OTHER), Priority.READ);
    aws.useUpControl();
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Granted.class);

    // When
    lambda.forget("c");

    // Then
    assertThat(lambda.reserveUpdate("d", in(OTHER))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void whoComesAndGoesFindsItsBudgetAsItWasLeft() {
    // Given
    aws.useUpControl();

    // When
    lambda.forget("busy");
    lambda.forget("a");

    // Then
    assertThat(lambda.accounts().isUsed("eu-west-1")).isFalse();
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void theBudgetsOfAResourceMoveWithIt() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    aws.useUpControl();
    lambda.forget("busy");
    lambda.reserveUpdate("c", in(OTHER));
    assertThat(lambda.isAwaited()).isTrue();

    // When
    lambda.poll("c", in(OTHER), Priority.SETTLE);
    Reservation reservation = lambda.reserveUpdate("c", in(OTHER));

    // Then
    assertThat(reservation).isInstanceOf(Reservation.Granted.class);
    assertThat(lambda.isAwaited()).isFalse();
  }

  @Test
  void aResourceThatIsGoneLeavesNoPlaceAndTheLastOneItsRegion() {
    // Given
    aws.useUpControl();
    lambda.read("busy", ORDERS, Priority.READ);
    lambda.reserveUpdate("a", ORDERS);
    assertThat(lambda.isAwaited()).isTrue();

    // When
    lambda.forget("busy");
    lambda.forget("a");
    lambda.forget("a");

    // Then
    assertThat(lambda.isAwaited()).isFalse();
    assertThat(aws.regions.unused).containsExactly("eu-west-1");
  }

  @Test
  void theSweepOfARegionUsesItUntilItEnds() {
    // Given
    lambda.list(new QuotaScope(null, "eu-west-1"), null, null);
    lambda.read("a", ORDERS, Priority.READ);

    // When
    lambda.forget("a");

    // Then
    assertThat(aws.regions.unused).isEmpty();

    // When
    lambda.forgetSweep(new QuotaScope(null, "eu-west-1"));

    // Then
    assertThat(aws.regions.unused).containsExactly("eu-west-1");
  }

  @Test
  void theSweepOfATenantsAccountIsWithinTheQuotaOfThatAccount() {
    // Given
    QuotaScope scope = new QuotaScope(OTHER, "eu-west-1");
    aws.useUpControl();

    // When
    CallResult<FunctionLists.Listed> listed =
        lambda.list(scope, by("writer", OTHER).identity(), null);
    CallResult<FunctionLists.Listed> own =
        lambda.list(new QuotaScope(null, "eu-west-1"), null, null);

    // Then
    assertThat(listed).isInstanceOf(CallResult.Answered.class);
    assertThat(own).isInstanceOf(CallResult.Deferred.class);

    // When
    lambda.forgetSweep(scope);
    lambda.forgetSweep(new QuotaScope(null, "eu-west-1"));
    lambda.forget("busy");

    // Then
    assertThat(aws.regions.unused).containsExactly("eu-west-1");
  }

  @Test
  void aResourceThatMovesToAnotherRegionLeavesTheFirst() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);

    // When
    lambda.read("a", new Target("us-east-1", "orders"), Priority.READ);

    // Then
    assertThat(aws.regions.used).containsExactly("eu-west-1", "us-east-1");
    assertThat(aws.regions.unused).containsExactly("eu-west-1");
    assertThat(aws.regions.count).isEqualTo(2);
  }

  @Test
  void whatIsAskedOfARegionThatNobodyCallsMakesNothing() {
    // When
    double perSecond = lambda.perSecond(new QuotaScope(null, "us-east-1"));
    double reads = lambda.readsPerSecond("us-east-1", null);

    // Then
    assertThat(perSecond).isEqualTo(10);
    assertThat(reads).as("of GetFunction").isEqualTo(90);
    assertThat(lambda.accounts().isUsed("us-east-1")).isFalse();
  }
}
