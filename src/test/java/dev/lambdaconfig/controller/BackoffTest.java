package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Delays after failures in a row. */
final class BackoffTest {

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 1);

  @Test
  void delaysDoubleUpToTheLongest() {
    assertThat(IntStream.range(0, 8).mapToObj(i -> backoff.next("a").toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void aThousandFailuresOverflowNothing() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.next("a")).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
  }

  @Test
  void eachResourceFailsByItself() {
    // Given
    backoff.next("a");
    backoff.next("a");

    // When
    backoff.reset("a");

    // Then
    assertThat(backoff.failures("a")).isZero();
    assertThat(backoff.next("a")).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.next("b")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aDelayIsSpreadOverItsUpperHalf() {
    Backoff early = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0);

    assertThat(early.next("a")).isEqualTo(Duration.ofMillis(500));
  }
}
