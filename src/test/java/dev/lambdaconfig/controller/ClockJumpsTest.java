package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.RequeuePolicy;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks are set, and differ from machine to machine: no wait is longer than its own constant. */
final class ClockJumpsTest {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofSeconds(-3),
          Duration.ofHours(-1),
          Duration.ofHours(1),
          Duration.ofDays(-3650),
          Duration.ofDays(3650));

  private static final List<Failure> FAILURES =
      List.of(
          new Failure("TooManyRequestsException", "slow", 429, null),
          new Failure("ServiceException", "oops", 500, null),
          new Failure("ResourceConflictException", "busy", 409, null),
          new Failure("AccessDeniedException", null, 403, null),
          new Failure("ValidationException", "no", 400, null),
          new Failure("InvalidParameterValueException", "InvalidSubnetID.NotFound", 400, null),
          new Failure("InvalidParameterValueException", "cannot be assumed by Lambda", 400, null));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noWaitIsLongerThanItsConstantWhateverTheClockDoes(long seed) {
    Random random = new Random(seed);
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.updateFault = l -> random.nextInt(3) > 0 ? any(random) : null;
    life.aws.readFault = l -> random.nextInt(6) == 0 ? any(random) : null;

    for (int reconcile = 0; reconcile < 400; reconcile++) {
      life.aws.endsWith = random.nextInt(3) == 0 ? "EniLimitExceeded" : null;
      if (random.nextInt(4) == 0) {
        life.setClock(life.now.plus(JUMPS.get(random.nextInt(JUMPS.size()))));
      }
      if (random.nextInt(10) == 0) {
        life.aws.change("Timeout", 3 + random.nextInt(2));
      }
      if (random.nextInt(30) == 0) {
        life.restart();
      }
      Duration delay = life.reconcileAndWait();
      assertThat(delay)
          .as("seed %s, reconcile %s: %s", seed, reconcile, life.decision)
          .isLessThanOrEqualTo(longest(life.decision));
    }

    // When nothing fails any more, and the clock goes on from wherever it is
    life.aws.endsWith = null;
    life.aws.updateFault = l -> null;
    life.aws.readFault = l -> null;
    life.runFor(RequeuePolicy.REFUSED.plus(Duration.ofMinutes(40)));
    assertThat(life.decision).as("seed %s", seed).isInstanceOf(Decision.InSync.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-P3650D"})
  void aClockThatIsSetBackDoesNotHoldBackWhatIsSentAgain(String jump) {
    // Given: an update that failed and is to be sent again within seconds
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    life.aws.endsWith = "EniLimitExceeded";
    while (!(life.decision instanceof Decision.Retry)) {
      life.reconcileAndWait();
    }
    life.aws.endsWith = null;

    // When
    life.setClock(life.now.plus(Duration.parse(jump)));
    life.runFor(Duration.ofSeconds(30));

    // Then
    assertThat(life.aws.sent).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"DriftCorrected, Succeeded", "SpecChanged, ValidationException"})
  void aHistoryFromTheFutureHoldsNothingBackForLong(String cause, String outcome) {
    // Given
    UpdateRecord future =
        new UpdateRecord(
            "2030-01-01T00:00:00Z", List.of("timeout"), cause, 1L, "r1", outcome, "r1");
    SimulatedRuns life = SimulatedRuns.ofOneDifference();
    UpdateHistory history = new UpdateHistory(List.of(future, future, future, future));
    life.given(history, RetryState.afterRestart(history, outcome, "no", life.now));

    // When
    life.runFor(RequeuePolicy.REFUSED);

    // Then
    assertThat(life.decision).isInstanceOf(Decision.InSync.class);
    assertThat(life.aws.sent).isEqualTo(1);
  }

  private static Failure any(Random random) {
    return FAILURES.get(random.nextInt(FAILURES.size()));
  }

  private static Duration longest(Decision decision) {
    return switch (decision) {
      case Decision.InProgress wait ->
          wait.reason().equals(Decider.UPDATE_STUCK)
              ? RequeuePolicy.STUCK_POLL
              : Duration.ofMillis(16_500);
      case Decision.Retry retry -> Duration.ofMinutes(5);
      case Decision.InSync inSync -> INTERVAL;
      case Decision.Stalled stalled -> RequeuePolicy.REFUSED;
      // A call that waits for its grant.
      case Decision.Update update -> Duration.ofSeconds(1);
      case Decision.ReadAgain readAgain -> Duration.ofSeconds(1);
      default -> Duration.ZERO;
    };
  }
}
