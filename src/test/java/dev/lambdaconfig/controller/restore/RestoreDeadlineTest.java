package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that a deletion waits, by two clocks that nobody keeps from being set. */
final class RestoreDeadlineTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private long nanos = Long.MAX_VALUE - 5;
  private final RestoreDeadline deadline = new RestoreDeadline(TIMEOUT, () -> nanos);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}").deleted();

  @Test
  void aDeletionHasTheWholeTimeout() {
    assertThat(left()).isEqualTo(TIMEOUT);
    assertThat(isOver()).isFalse();
  }

  @Test
  void itIsOverAfterTheTimeoutByTheSteadyClock() {
    // Given
    left();

    // When
    nanos += TIMEOUT.toNanos();

    // Then
    assertThat(isOver()).isTrue();
  }

  @Test
  void theTimeBeforeTheFirstLookCounts() {
    // When
    resource.at(ManagedResource.NOW.plusSeconds(60));

    // Then
    assertThat(left()).isEqualTo(TIMEOUT.minusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT10M", "PT12H", "P400D"})
  void howeverOldADeletionIsEachProcessGivesItATimeOfItsOwn(String before) {
    // When
    resource.at(ManagedResource.NOW.plus(Duration.parse(before)));

    // Then
    assertThat(left()).isEqualTo(RestoreDeadline.LEAST);

    // And when
    nanos += RestoreDeadline.LEAST.toNanos();

    // Then
    assertThat(isOver()).isTrue();
  }

  @Test
  void thatTimeIsNoLongerThanTheTimeout() {
    // Given
    RestoreDeadline brief = new RestoreDeadline(Duration.ofSeconds(4), () -> nanos);
    resource.at(ManagedResource.NOW.plus(TIMEOUT));

    // When
    brief.tried(resource.reconciliation(), "no");

    // Then
    assertThat(brief.left(resource.reconciliation(), resource.start()))
        .isEqualTo(Duration.ofSeconds(4));
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

  @Test
  void aDeletionThatWasNeverTriedHasMoreAndNotForEver() {
    // Given
    assertThat(deadline.isOver(resource.reconciliation(), resource.start())).isFalse();

    // When
    nanos += TIMEOUT.plus(RestoreDeadline.UNTRIED).toNanos() - 1;

    // Then
    assertThat(deadline.isOver(resource.reconciliation(), resource.start())).isFalse();
    nanos++;
    assertThat(deadline.isOver(resource.reconciliation(), resource.start())).isTrue();
  }

  @Test
  void soHasOneWhoseUpdateAwsMayBeApplying() {
    // Given
    left();
    Step accepted =
        resource
            .start()
            .judged(
                new Judgement(
                    new Decision.InProgress("UpdateInProgress", "", TIMEOUT),
                    null,
                    UpdateHistory.NONE,
                    RetryState.NONE.accepted(null, ManagedResource.NOW, null)));

    // When
    nanos += TIMEOUT.plus(RestoreDeadline.APPLYING).toNanos() - 1;

    // Then
    assertThat(isOver()).isTrue();
    assertThat(deadline.isOver(resource.reconciliation(), accepted)).isFalse();
    nanos++;
    assertThat(deadline.isOver(resource.reconciliation(), accepted)).isTrue();
  }

  /** The time that is left to a deletion that was tried. */
  private Duration left() {
    deadline.tried(resource.reconciliation(), "no");
    return deadline.left(resource.reconciliation(), resource.start());
  }

  private boolean isOver() {
    return !left().isPositive();
  }
}
