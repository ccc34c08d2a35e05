package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Callers that come as told, against a server with a quota that nobody tells. */
final class RateOverTimeTest {

  @Test
  void aThousandAreServedAtTheFullRateAndHardlyThrottled() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    for (int i = 0; i < 1000; i++) {
      quota.caller("uid-" + i, Priority.READ);
    }

    // When
    quota.time.pass(1.05 * 1000 / 14 + 1);

    // Then
    assertThat(quota.answered()).isEqualTo(1000);
    assertThat(quota.throttledShare()).isLessThan(0.02);
    assertThat(quota.asks).as("asked little more often than needed").isLessThan(4000);
  }

  @Test
  void theWholeRateIsUsedForAsLongAsThereIsDemand() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    crowd(quota, 100);

    // When
    quota.time.pass(600);

    // Then
    assertThat(quota.throttledShare()).isLessThan(0.02);
    assertThat(quota.callsBetween(60, 600) / 540.0).isCloseTo(14, within(0.2));
    for (double at = 60; at < 590; at += 0.1) {
      assertThat(quota.callsBetween(at, at + 1)).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void callersThatComeLateWasteLittle() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    quota.lateness = Duration.ofMillis(500);
    for (int i = 0; i < 1000; i++) {
      quota.caller("uid-" + i, Priority.READ);
    }

    // When
    quota.time.pass(1.25 * 1000 / 14 + 1);

    // Then
    assertThat(quota.answered()).isEqualTo(1000);
  }

  @Test
  void whatOthersLeaveOfTheQuotaIsFound() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    quota.othersCall(8);
    crowd(quota, 100);

    // When
    quota.time.pass(600);

    // Then
    assertThat(quota.throttledShare()).isLessThan(0.03);
    assertThat(quota.answered() / 600.0).isBetween(6.3, 7.3);
  }

  @Test
  void aLowerQuotaIsFound() {
    // Given
    FakeQuota quota = new FakeQuota(7, 14);
    crowd(quota, 100);

    // When
    quota.time.pass(600);

    // Then
    assertThat(quota.throttledShare()).isLessThan(0.03);
    assertThat(quota.answered() / 600.0).isBetween(6.3, 7.1);
  }

  @Test
  void aQuotaOfOneASecondIsUsedAndSeldomOverstepped() {
    // Given
    FakeQuota quota = new FakeQuota(1, 14);
    crowd(quota, 20);

    // When
    quota.time.pass(600);

    // Then
    assertThat(quota.throttledShare()).isLessThan(0.15);
    assertThat(quota.answered() / 600.0).isGreaterThan(0.8);
  }

  @Test
  void whereEverythingIsThrottledItIsTriedEveryOtherSecond() {
    // Given
    FakeQuota quota = new FakeQuota(0.001, 14);
    crowd(quota, 20);

    // When
    quota.time.pass(600);

    // Then
    assertThat(quota.callsBetween(60, 600) / 540.0).isBetween(0.45, 0.55);
  }

  @Test
  void whatOthersGiveUpIsTakenAgain() {
    // Given
    FakeQuota quota = new FakeQuota(2, 14);
    crowd(quota, 100);
    quota.time.pass(120);
    assertThat(quota.limiter.perSecond()).isLessThan(4);

    // When
    quota.allows(15);
    quota.time.pass(120);

    // Then
    assertThat(quota.callsBetween(200, 240) / 40.0).isGreaterThan(12);
  }

  @Test
  void aRaisedLimitIsReachedWithinSeconds() {
    // Given
    FakeQuota quota = new FakeQuota(5000, 1000);
    for (int i = 0; i < 10_000; i++) {
      quota.caller("uid-" + i, Priority.WRITE);
    }

    // When
    quota.time.pass(4);

    // Then: it starts with a tenth, and doubles each second
    assertThat(quota.callsBetween(0, 1)).isBetween(100L, 200L);
    assertThat(quota.callsBetween(0, 3)).isGreaterThan(800);
    assertThat(quota.callsBetween(3, 4)).isGreaterThan(700);
    quota.time.pass(9);
    assertThat(quota.answered()).isEqualTo(10_000);
    assertThat(quota.asks).isLessThan(40_000);
  }

  @Test
  void aLimitThatIsRaisedInVainFallsToWhatIsLetThrough() {
    // Given
    FakeQuota quota = new FakeQuota(15, 1000);
    crowd(quota, 100);

    // When
    quota.time.pass(120);

    // Then
    assertThat(quota.callsBetween(60, 120) / 60.0).isCloseTo(15, within(2.0));
    assertThat(quota.throttledShare()).isLessThan(0.2);
  }

  @Test
  void theRateDoesNotGrowWithoutDemand() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    double before = quota.limiter.perSecond();

    // When
    for (int i = 0; i < 600; i++) {
      quota.time.pass(1);
      quota.caller("uid", Priority.SWEEP);
    }

    // Then
    assertThat(quota.answered()).isEqualTo(599);
    assertThat(quota.limiter.perSecond()).isEqualTo(before);
  }

  @Test
  void getFunctionHasAnotherAndLargerBudget() {
    // Given
    AccountQuota usual = new AccountQuota(14, () -> 0);
    AccountQuota raised = new AccountQuota(1000, () -> 0);
    AccountQuota low = new AccountQuota(0.5, () -> 0);

    // When
    AdaptiveRate rate = new AdaptiveRate(50, 90);
    for (int i = 0; i < 1000; i++) {
      rate.used();
    }

    // Then
    assertThat(usual.control().perSecond()).isEqualTo(10);
    assertThat(usual.getFunction().perSecond()).isEqualTo(50);
    assertThat(raised.control().perSecond()).isEqualTo(100);
    assertThat(raised.getFunction().perSecond()).isEqualTo(100);
    assertThat(new AccountQuota(100, () -> 0).control().perSecond()).isEqualTo(10);
    assertThat(low.control().perSecond()).isEqualTo(0.5);
    assertThat(low.getFunction().perSecond()).isEqualTo(50);
    assertThat(rate.perSecond()).isEqualTo(90);
    assertThatThrownBy(() -> new AccountQuota(0, () -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static void crowd(FakeQuota quota, int callers) {
    for (int i = 0; i < callers; i++) {
      quota.endless("uid-" + i, Priority.READ);
    }
  }
}
