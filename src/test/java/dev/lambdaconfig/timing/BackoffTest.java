package dev.lambdaconfig.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Delays after failures in a row. */
final class BackoffTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  @Test
  void delaysDoubleUpToTheLongest() {
    assertThat(IntStream.range(0, 8).mapToObj(i -> BACKOFF.delay(i, 1).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void aThousandFailuresOverflowNothing() {
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> BACKOFF.delay(i, 1)))
        .allSatisfy(
            delay -> assertThat(delay).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
  }

  @Test
  void aDelayIsSpreadOverItsUpperHalf() {
    assertThat(BACKOFF.delay(0, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(BACKOFF.delay(0, 0.5)).isEqualTo(Duration.ofMillis(750));
  }
}
