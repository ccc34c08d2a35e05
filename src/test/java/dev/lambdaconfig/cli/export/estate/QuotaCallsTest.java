package dev.lambdaconfig.cli.export.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The attempts of an export at a call that AWS throttles. */
final class QuotaCallsTest {

  private final List<Duration> waits = new ArrayList<>();
  private final QuotaCalls calls = new QuotaCalls(14, this::now, waits::add);

  private long now() {
    return waits.stream().mapToLong(Duration::toNanos).sum();
  }

  @ParameterizedTest
  @CsvSource({"0, 500", "7, 7000", "86400, 30000"})
  void whatAwsAsksForIsWaitedForButNeverLessThanWithoutAsking(int asked, int millis)
      throws ExportException {
    // Given
    Failure throttled =
        new Failure("TooManyRequestsException", "slow", 429, Duration.ofSeconds(asked));
    Deque<Failure> failures = new ArrayDeque<>(List.of(throttled));

    // When
    calls.call("eu-west-1", failures::poll, failure -> failure);

    // Then
    assertThat(waits).containsExactly(Duration.ofMillis(millis));
  }
}
