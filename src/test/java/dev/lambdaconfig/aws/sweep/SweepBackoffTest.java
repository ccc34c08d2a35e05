package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delays of a sweep whose calls fail. */
final class SweepBackoffTest {

  private final SweepBackoff backoff = new SweepBackoff(() -> 0);

  private static Failure throttled(@Nullable Duration asked) {
    return new Failure("TooManyRequestsException", "slow", 429, asked);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "30, 30", "60, 60", "120, 60", "86400, 60"})
  void whatAwsAsksForIsWaitedForUpToAMinute(int asked, int waited) {
    // When
    Duration delay = backoff.failed(throttled(Duration.ofSeconds(asked)));

    // Then
    assertThat(delay).hasSeconds(waited);
  }

  @Test
  void failuresInARowWaitLongerThanAwsAsks() {
    // Given
    for (int i = 0; i < 4; i++) {
      backoff.failed(throttled(null));
    }

    // When
    Duration delay = backoff.failed(throttled(Duration.ofSeconds(2)));

    // Then
    assertThat(delay).hasSeconds(16);
  }
}
