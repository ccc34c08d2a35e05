package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.SweepRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rounds of a sweep. */
final class SweepTest {

  private static final Failure THROTTLED =
      new Failure("TooManyRequestsException", "Rate exceeded", 429, Duration.ofSeconds(7));
  private static final Failure STALE_MARKER =
      new Failure("InvalidParameterValueException", "Invalid pagination token", 400, null);

  private final SweepRun run = new SweepRun();

  @Test
  void aThousandFunctionsCostTwentyCallsARound() {
    // Given
    run.functions(1000, 1000);
    run.runFor(MINUTE.multipliedBy(2));
    int before = run.account.calls.size();
    int rounds = run.reports.rounds;

    // When
    run.runFor(MINUTE.multipliedBy(10));

    // Then
    assertThat(run.reports.rounds - rounds).isBetween(9, 11);
    assertThat(run.account.calls.size() - before).isBetween(9 * 20, 11 * 20);
    assertThat(run.reports.changed).isEmpty();
  }

  @Test
  void aDriftIsNoticedWithinTheInterval() {
    // Given
    run.functions(1000, 1000);
    run.runFor(MINUTE.multipliedBy(3));

    // When
    run.change(777);
    run.runFor(MINUTE);

    // Then
    assertThat(run.reports.changed).containsExactly("uid777");
  }

  @Test
  void thatHoldsThoughEachTimerIsLateAndTheFunctionIsYetToBeRead() {
    // Given
    run.functions(1000, 1000);
    run.late = Duration.ofMillis(50);
    run.runFor(MINUTE.multipliedBy(3));

    // When it drifts just after its page
    while (!"750".equals(run.account.markers.getLast())) {
      run.step();
    }
    run.change(777);
    long drifted = run.now;
    while (run.reports.changed.isEmpty()) {
      run.step();
    }

    // Then
    assertThat(Duration.ofNanos(run.now - drifted)).isLessThan(MINUTE.minusSeconds(1));
  }

  @Test
  void tenThousandFunctionsNeverTakeMoreThanATenthOfTheBudget() {
    // Given
    run.functions(10_000, 10_000);

    // When
    run.runFor(MINUTE.multipliedBy(30));

    // Then: 14 a second at the most, so 1.4; and about two and a half minutes a round
    assertThat(run.account.calls.size()).isLessThanOrEqualTo((int) (30 * 60 * 1.4) + 1);
    assertThat(run.reports.rounds).isBetween(11, 13);
    assertThat(run.sweep.state().expected())
        .isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(3));
  }

  @Test
  void theFirstRoundOfAThousandFunctionsEndsWithinSecondsAndTakesNoMoreOfTheBudget() {
    // Given
    run.functions(1000, 1000);

    // When
    run.runFor(Duration.ofSeconds(5));

    // Then: resources wait for it after a start
    assertThat(run.reports.rounds).isEqualTo(1);
    assertThat(run.account.calls).hasSize(20);
    run.runFor(MINUTE);
    assertThat(Duration.ofNanos(run.account.calls.get(20)))
        .as("the start of the second round")
        .isGreaterThan(Duration.ofSeconds(56));
  }

  @Test
  void aLongFirstRoundGoesAheadByAnIntervalAndTheSecondWaitsForThat() {
    // Given: 84 calls a minute are a tenth of the budget
    run.functions(10_000, 10_000);

    // When
    run.runFor(MINUTE.multipliedBy(10));

    // Then
    for (int minute = 1; minute <= 10; minute++) {
      long until = MINUTE.multipliedBy(minute).toNanos();
      assertThat(run.account.calls.stream().filter(at -> at < until).count())
          .as("calls of %d minutes", minute)
          .isLessThanOrEqualTo(84L * (minute + 1));
    }
    assertThat(Duration.ofNanos(run.account.calls.get(200)))
        .as("the start of the second round")
        .isGreaterThan(Duration.ofSeconds(140));
  }

  @Test
  void aThrottledPageIsAskedForAgainAfterTheTimeThatAwsTells() {
    // Given
    run.functions(120, 120);
    run.account.failures.add(THROTTLED);

    // When
    Duration next = run.firstCall();
    run.runFor(MINUTE);

    // Then
    assertThat(next).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(run.account.markers.subList(0, 4)).containsExactly("null", "null", "50", "100");
  }

  @Test
  void anErrorInTheMiddleRepeatsThatPageOnly() {
    // Given
    run.functions(200, 200);
    run.firstCall();
    run.account.failures.add(new Failure("ServiceException", "try again", 500, null));
    run.account.failures.add(new Failure(Failure.ENDPOINT_UNREACHABLE, "refused", 0, null));

    // When
    run.runFor(MINUTE);

    // Then
    assertThat(run.account.markers.subList(0, 6))
        .containsExactly("null", "50", "50", "50", "100", "150");
    assertThat(run.reports.rounds).isEqualTo(1);
  }

  @Test
  void aMarkerThatWentStaleBeginsANewRound() {
    // Given
    run.functions(200, 200);
    run.firstCall();
    run.account.failures.add(STALE_MARKER);

    // When
    run.runFor(MINUTE);

    // Then
    assertThat(run.account.markers.subList(0, 6))
        .containsExactly("null", "50", "null", "50", "100", "150");
  }
}
