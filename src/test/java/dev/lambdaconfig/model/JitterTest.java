package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JitterTest {

  @Test
  void sharesOfNamesThatDifferInTheirLastDigitsAreEven() {
    // Given
    double[] shares =
        IntStream.range(0, 1000).mapToDouble(i -> Jitter.of("resource-" + i)).sorted().toArray();

    // Then
    assertThat(shares[0]).isNotNegative();
    assertThat(shares[999]).isLessThan(1);
    for (int tenth = 1; tenth < 10; tenth++) {
      assertThat(shares[tenth * 100]).isBetween(tenth / 10.0 - 0.07, tenth / 10.0 + 0.07);
    }
  }

  @Test
  void aNameAlwaysHasTheSameShare() {
    assertThat(Jitter.of("resource")).isEqualTo(Jitter.of("resource"));
  }

  @ParameterizedTest
  @CsvSource({"0, PT5S", "0.5, PT7.5S", "1, PT10S"})
  void aDelayIsSpreadFromTheFirstFactorToTheLast(double share, Duration expected) {
    assertThat(Jitter.between(0.5, 1, Duration.ofSeconds(10), share)).isEqualTo(expected);
  }
}
