package dev.lambdaconfig.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RequeuePolicyTest {

  @Test
  void pollsGrowFromOneSecondToFifteen() {
    assertThat(RequeuePolicy.poll(0, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RequeuePolicy.poll(1, 0.5)).isEqualTo(Duration.ofMillis(1500));
    assertThat(RequeuePolicy.poll(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofSeconds(15));
    assertThat(RequeuePolicy.poll(-1, 0)).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void retriesGrowFromTwoSecondsToFiveMinutes() {
    assertThat(RequeuePolicy.retry(0, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(RequeuePolicy.retry(0, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RequeuePolicy.retry(3, 1)).isEqualTo(Duration.ofSeconds(16));
    assertThat(RequeuePolicy.retry(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aStalledFunctionIsReadAgainWithinHalfAnHourOrTheInterval() {
    assertThat(RequeuePolicy.stalled(Duration.ofHours(1), 1)).isEqualTo(Duration.ofMinutes(30));
    assertThat(RequeuePolicy.stalled(Duration.ofHours(1), 0)).isEqualTo(Duration.ofMinutes(24));
    assertThat(RequeuePolicy.stalled(Duration.ofMinutes(1), 1)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void rechecksAreNeverLaterThanTheInterval() {
    assertThat(RequeuePolicy.recheck(Duration.ofMinutes(1), 1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RequeuePolicy.recheck(Duration.ofMinutes(1), 0)).isEqualTo(Duration.ofSeconds(48));
  }
}
