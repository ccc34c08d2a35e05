package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdaptiveRateTest {

  @Test
  void doublesInASecondUntilItIsFirstThrottled() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(10, 1000);

    // When
    useFor(rate, 1);

    // Then
    assertThat(rate.perSecond()).isCloseTo(20, within(1.0));
  }

  @Test
  void aThrottledCallLowersItByAFifthButNeverBelowAHalf() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(10, 14);

    // When
    rate.throttled(rate.decreases(), 10, 0);
    double once = rate.perSecond();
    for (int i = 0; i < 20; i++) {
      rate.throttled(rate.decreases(), rate.perSecond(), 0);
    }

    // Then
    assertThat(once).isEqualTo(8);
    assertThat(rate.perSecond()).isEqualTo(0.5);
  }

  @Test
  void aBurstOfThrottledCallsLowersItOnce() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(10, 14);
    long then = rate.decreases();

    // When
    for (int i = 0; i < 5; i++) {
      rate.throttled(then, 10, 0);
    }

    // Then
    assertThat(rate.perSecond()).isEqualTo(8);
  }

  @Test
  void whatItGrewSinceTheThrottledCallWasGrantedDoesNotCount() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(10, 1000);
    useFor(rate, 3);

    // When
    rate.throttled(rate.decreases(), 20, 0);

    // Then
    assertThat(rate.perSecond()).isEqualTo(16);
  }

  @ParameterizedTest(name = "{0}/s, throttled at 50")
  @CsvSource({"40, 5", "45.1, 0.5", "50, 0.5", "54, 0.5", "60, 6.2"})
  void recoversFastThenProbesSlowlyThenGrowsFastAgain(double from, double grows) {
    // Given
    AdaptiveRate rate = new AdaptiveRate(50, 1000);
    rate.throttled(rate.decreases(), 50, 0);
    while (rate.perSecond() < from) {
      rate.used();
    }
    double before = rate.perSecond();

    // When
    useFor(rate, 1);

    // Then
    assertThat(rate.perSecond() - before).isCloseTo(grows, within(0.5));
  }

  @Test
  void probesByAHundredthASecondHoweverLowTheRate() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(2, 14);
    rate.throttled(rate.decreases(), 2, 0);
    while (rate.perSecond() < 1.8) {
      rate.used();
    }
    double before = rate.perSecond();

    // When
    rate.used();
    rate.used();

    // Then
    assertThat(rate.perSecond() - before).isCloseTo(2 * 0.02 / 1.8, within(0.002));
  }

  @Test
  void foreseesHowLongManyCallsTake() {
    // Given
    AdaptiveRate growing = new AdaptiveRate(10, 100);
    AdaptiveRate throttled = new AdaptiveRate(50, 100);
    throttled.throttled(throttled.decreases(), 50, 0);
    AdaptiveRate full = new AdaptiveRate(14, 14);

    // Then
    assertThat(growing.secondsFor(1)).isEqualTo(0.1);
    assertThat(growing.secondsFor(50)).isCloseTo(took(new AdaptiveRate(10, 100), 50), within(0.05));
    assertThat(growing.secondsFor(1000))
        .isCloseTo(took(new AdaptiveRate(10, 100), 1000), within(0.1));
    assertThat(throttled.secondsFor(10)).isCloseTo(0.25, within(0.01));
    assertThat(throttled.secondsFor(1040)).isCloseTo(1000 / 45.0 + 1, within(0.2));
    assertThat(full.secondsFor(141)).isCloseTo(141 / 14.0, within(0.001));
    assertThat(full.secondsFor(0.5)).isEqualTo(0.5 / 14);
    assertThat(full.secondsFor(-1)).isZero();
  }

  @Test
  void aShareIsOfTheMaximumAgainWhenNothingWasThrottledForAWhile() {
    // Given
    AdaptiveRate rate = new AdaptiveRate(90, 90);
    assertThat(rate.allowance(0)).isEqualTo(90);

    // When: others use the quota at the start of the second minute
    rate.throttled(rate.decreases(), 10, Duration.ofMinutes(1).toNanos());

    // Then: without demand, nothing else raises the rate
    assertThat(rate.allowance(Duration.ofMinutes(1).toNanos())).isEqualTo(8);
    assertThat(rate.allowance(Duration.ofMinutes(6).toNanos() - 1)).isEqualTo(8);
    assertThat(rate.allowance(Duration.ofMinutes(6).toNanos())).isEqualTo(90);
    assertThat(rate.perSecond()).isEqualTo(8);
  }

  @Test
  void startsAnewAtNoMoreThanTen() {
    // Given
    AdaptiveRate fast = new AdaptiveRate(50, 90);
    AdaptiveRate slow = new AdaptiveRate(10, 14);
    slow.throttled(slow.decreases(), 5, 0);

    // When
    fast.restart();
    slow.restart();
    useFor(slow, 1);

    // Then
    assertThat(fast.perSecond()).isEqualTo(10);
    assertThat(slow.perSecond()).as("doubles again").isGreaterThan(7);
  }

  private static double took(AdaptiveRate rate, int calls) {
    double seconds = 0;
    for (int i = 0; i < calls; i++) {
      seconds += 1 / rate.perSecond();
      rate.used();
    }
    return seconds;
  }

  private static void useFor(AdaptiveRate rate, double seconds) {
    for (double at = 0; at < seconds; at += 1 / rate.perSecond()) {
      rate.used();
    }
  }
}
