package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Callers that come as told, against a server with a quota that nobody tells. */
final class RateOverTimeTest {

  @Test
  void aThousandAreServedAtTheFullRateAndHardlyThrottled() {
    // Given
    Aws aws = new Aws(15, 14);
    for (int i = 0; i < 1000; i++) {
      aws.caller("uid-" + i, Priority.READ);
    }

    // When
    aws.world.pass(1.05 * 1000 / 14 + 1);

    // Then
    assertThat(aws.answered()).isEqualTo(1000);
    assertThat(aws.throttledShare()).isLessThan(0.02);
    assertThat(aws.asks).as("asked little more often than needed").isLessThan(4000);
  }

  @Test
  void theWholeRateIsUsedForAsLongAsThereIsDemand() {
    // Given
    Aws aws = new Aws(15, 14);
    crowd(aws, 100);

    // When
    aws.world.pass(600);

    // Then
    assertThat(aws.throttledShare()).isLessThan(0.02);
    assertThat(aws.callsBetween(60, 600) / 540.0).isCloseTo(14, within(0.2));
    for (double at = 60; at < 590; at += 0.1) {
      assertThat(aws.callsBetween(at, at + 1)).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void callersThatComeLateWasteLittle() {
    // Given
    Aws aws = new Aws(15, 14);
    aws.lateness = Duration.ofMillis(500);
    for (int i = 0; i < 1000; i++) {
      aws.caller("uid-" + i, Priority.READ);
    }

    // When
    aws.world.pass(1.25 * 1000 / 14 + 1);

    // Then
    assertThat(aws.answered()).isEqualTo(1000);
  }

  @Test
  void whatOthersLeaveOfTheQuotaIsFound() {
    // Given
    Aws aws = new Aws(15, 14);
    aws.othersCall(8);
    crowd(aws, 100);

    // When
    aws.world.pass(600);

    // Then
    assertThat(aws.throttledShare()).isLessThan(0.03);
    assertThat(aws.answered() / 600.0).isBetween(6.3, 7.3);
  }

  @Test
  void aLowerQuotaIsFound() {
    // Given
    Aws aws = new Aws(7, 14);
    crowd(aws, 100);

    // When
    aws.world.pass(600);

    // Then
    assertThat(aws.throttledShare()).isLessThan(0.03);
    assertThat(aws.answered() / 600.0).isBetween(6.3, 7.1);
  }

  @Test
  void aQuotaOfOneASecondIsUsedAndSeldomOverstepped() {
    // Given
    Aws aws = new Aws(1, 14);
    crowd(aws, 20);

    // When
    aws.world.pass(600);

    // Then
    assertThat(aws.throttledShare()).isLessThan(0.15);
    assertThat(aws.answered() / 600.0).isGreaterThan(0.8);
  }

  @Test
  void whereEverythingIsThrottledItIsTriedEveryOtherSecond() {
    // Given
    Aws aws = new Aws(0.001, 14);
    crowd(aws, 20);

    // When
    aws.world.pass(600);

    // Then
    assertThat(aws.callsBetween(60, 600) / 540.0).isBetween(0.45, 0.55);
  }

  @Test
  void whatOthersGiveUpIsTakenAgain() {
    // Given
    Aws aws = new Aws(2, 14);
    crowd(aws, 100);
    aws.world.pass(120);
    assertThat(aws.budget.perSecond()).isLessThan(4);

    // When
    aws.allows(15);
    aws.world.pass(120);

    // Then
    assertThat(aws.callsBetween(200, 240) / 40.0).isGreaterThan(12);
  }

  @Test
  void aRaisedLimitIsReachedWithinSeconds() {
    // Given
    Aws aws = new Aws(5000, 1000);
    for (int i = 0; i < 10_000; i++) {
      aws.caller("uid-" + i, Priority.WRITE);
    }

    // When
    aws.world.pass(7);

    // Then
    assertThat(aws.callsBetween(5.5, 6.5)).isGreaterThan(400);
    aws.world.pass(15);
    assertThat(aws.answered()).isEqualTo(10_000);
    assertThat(aws.asks).isLessThan(40_000);
  }

  @Test
  void theRateDoesNotGrowWithoutDemand() {
    // Given
    Aws aws = new Aws(15, 14);
    double before = aws.budget.perSecond();

    // When
    for (int i = 0; i < 600; i++) {
      aws.world.pass(1);
      aws.caller("uid", Priority.SWEEP);
    }

    // Then
    assertThat(aws.answered()).isEqualTo(599);
    assertThat(aws.budget.perSecond()).isEqualTo(before);
  }

  @Test
  void getFunctionHasAnotherAndLargerBudget() {
    // Given
    AccountBudget usual = new AccountBudget(14, () -> 0);
    AccountBudget raised = new AccountBudget(1000, () -> 0);
    AccountBudget low = new AccountBudget(0.5, () -> 0);

    // When
    AdaptiveRate rate = new AdaptiveRate(50, 90);
    for (int i = 0; i < 1000; i++) {
      rate.used();
    }

    // Then
    assertThat(usual.control().perSecond()).isEqualTo(10);
    assertThat(usual.getFunction().perSecond()).isEqualTo(50);
    assertThat(raised.control().perSecond()).isEqualTo(10);
    assertThat(low.control().perSecond()).isEqualTo(0.5);
    assertThat(low.getFunction().perSecond()).isEqualTo(50);
    assertThat(rate.perSecond()).isEqualTo(90);
    assertThatThrownBy(() -> new AccountBudget(0, () -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static void crowd(Aws aws, int callers) {
    for (int i = 0; i < callers; i++) {
      aws.endless("uid-" + i, Priority.READ);
    }
  }
}
