package dev.lambdaconfig.decision.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of clocks that were set, or of texts that somebody wrote. */
final class ElapsedTest {

  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

  @Test
  void isZeroSinceAnInstantOfTheFuture() {
    assertThat(Elapsed.between(NOW.minusSeconds(5), NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Elapsed.between(NOW.plusSeconds(5), NOW)).isZero();
    assertThat(Elapsed.between(NOW, NOW)).isZero();
  }

  @Test
  void isNeverMoreThanADurationHolds() {
    assertThat(Elapsed.between(Instant.MAX, Instant.MIN)).isZero();
    assertThat(Elapsed.between(Instant.MIN, Instant.MAX)).isPositive();
  }

  @Test
  void anInstantOfTheFutureBecomesNow() {
    assertThat(Elapsed.notAfter(NOW.plusNanos(1), NOW)).isEqualTo(NOW);
    assertThat(Elapsed.notAfter(NOW.minusNanos(1), NOW)).isEqualTo(NOW.minusNanos(1));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "yesterday", "2026-11-26T03:00:01Z", "+1000000001-01-01T00:00:00Z"})
  void aTextThatIsNoTimeOfThePastIsNone(String text) {
    assertThat(Elapsed.told(text, NOW)).isNull();
  }

  @Test
  void aTextOfThePastOrThePresentIsItsTime() {
    assertThat(Elapsed.told("2026-11-26T03:00:00Z", NOW)).isEqualTo(NOW);
  }
}
