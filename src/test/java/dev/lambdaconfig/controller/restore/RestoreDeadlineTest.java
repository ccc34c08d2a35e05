package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The time that a deletion waits, by two clocks that nobody keeps from being set. */
final class RestoreDeadlineTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private long nanos = Long.MAX_VALUE - 5;
  private final RestoreDeadline deadline = new RestoreDeadline(TIMEOUT, () -> nanos);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}").deleted();

  @Test
  void aDeletionHasTheWholeTimeout() {
    assertThat(left()).isEqualTo(TIMEOUT);
    assertThat(deadline.isOver(resource.reconciliation())).isFalse();
  }

  @Test
  void itIsOverAfterTheTimeoutByTheSteadyClock() {
    // Given
    left();

    // When
    nanos += TIMEOUT.toNanos();

    // Then
    assertThat(deadline.isOver(resource.reconciliation())).isTrue();
  }

  @Test
  void theTimeBeforeTheFirstLookCounts() {
    // When
    resource.at(ManagedResource.NOW.plusSeconds(60));

    // Then
    assertThat(left()).isEqualTo(TIMEOUT.minusSeconds(60));
  }

  @Test
  void aClockThatIsSetLaterChangesNothing() {
    // Given
    left();

    // When
    resource.at(ManagedResource.NOW.plus(Duration.ofDays(1)));

    // Then
    assertThat(left()).isEqualTo(TIMEOUT);
  }

  @Test
  void aDeletionInTheFutureHasNoMoreThanTheTimeout() {
    // When
    resource.at(ManagedResource.NOW.minus(Duration.ofDays(1)));

    // Then
    assertThat(left()).isEqualTo(TIMEOUT);
  }

  private Duration left() {
    return deadline.left(resource.reconciliation());
  }
}
