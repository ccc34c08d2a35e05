package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.FleetSweeper.LONGEST_WAIT;
import static dev.lambdaconfig.aws.sweep.RestartedRegion.FUNCTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Functions that are watched after their page was taken, as those of a large fleet are after a
 * restart: the next round answers for them.
 */
final class LateFunctionsTest {

  private final RestartedRegion restart = new RestartedRegion();
  private final SweepRun run = restart.run;
  private final RegionSweeps region = restart.region;

  @Test
  void aRoundIsToAnswerForAllUntilItHas() {
    // Given
    assertThat(restart.answersFor("uid0")).isTrue();
    assertThat(restart.answersFor("uid99")).isTrue();

    // When the first page shows one of them
    restart.begin();

    // Then
    assertThat(region.watched().isConfirmed("uid0")).isTrue();
    assertThat(region.watched().isConfirmed("uid99")).isFalse();
    restart.look();
    assertThat(restart.unanswered).isEmpty();

    // When
    restart.finishRound(1);
    restart.look();

    // Then
    assertThat(region.watched().isConfirmed("uid99")).isTrue();
    assertThat(restart.unanswered).isEmpty();
    assertThat(restart.looks).isEmpty();
  }

  @Test
  void theNextRoundAnswersForFunctionsThatTheFirstOneCameTooEarlyFor() {
    // Given
    restart.begin();
    restart.watch(FUNCTIONS / 2, FUNCTIONS);
    restart.finishRound(1);
    restart.watch(FUNCTIONS, FUNCTIONS + 1);

    // Then
    assertThat(restart.answersFor("uid150")).isTrue();
    assertThat(restart.answersFor("uid200")).isTrue();

    // When
    restart.finishRound(2);
    restart.look();

    // Then no list shows the last one, which does not exist
    assertThat(region.watched().isConfirmed("uid150")).isTrue();
    assertThat(restart.unanswered).containsExactly("uid200");
    assertThat(restart.answersFor("uid200")).isFalse();
  }

  @Test
  void aRoundThatDoesNotEndIsWaitedForNoLongerThanAQuarterOfAnHour() {
    // Given
    restart.answersFor("uid99");
    restart.begin();
    run.account.failing.put("50", new Failure("TooManyRequestsException", "slow", 429, null));
    long began = run.now;

    // When
    restart.runUntil(began + LONGEST_WAIT.minusSeconds(5).toNanos());
    restart.look();

    // Then
    assertThat(restart.unanswered).isEmpty();

    // When throttling has cut the rate, so that the round may take longer, as reads would
    restart.runUntil(began + Duration.ofMinutes(15).toNanos());
    restart.look();

    // Then
    assertThat(restart.unanswered).containsExactly("uid99");
  }

  @Test
  void aListOfWhichNoPageComesIsWaitedForAsLongAsAFirstRoundTakes() {
    // Given
    restart.answersFor("uid0");
    run.account.failing.put("null", new Failure("ServiceException", "try again", 500, null));
    restart.begin();
    long asked = run.account.calls.getFirst();

    // When
    restart.runUntil(asked + Duration.ofSeconds(9).toNanos());
    restart.look();

    // Then
    assertThat(restart.unanswered).isEmpty();

    // When
    restart.runUntil(asked + Duration.ofSeconds(11).toNanos());
    restart.look();

    // Then
    assertThat(restart.unanswered).containsExactly("uid0");
    assertThat(restart.within).isPositive().isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aThrottledListIsWaitedForForTwoMinutesAtMost() {
    // Given
    run.account.failing.put("null", new Failure("TooManyRequestsException", "slow", 429, null));
    restart.answersFor("uid0");

    // When the rate has been cut, by which a round would take longer
    restart.runUntil(LONGEST_WAIT.plusSeconds(1).toNanos());
    restart.look();

    // Then
    assertThat(run.account.calls).hasSizeGreaterThan(3);
    assertThat(restart.unanswered).containsExactly("uid0");
  }

  @Test
  void aFirstRoundOfManyPagesIsWaitedForUntilItsEnd() {
    // Given more pages than a tenth of the budget allows in two minutes
    int many = 15_000;
    restart.exist(FUNCTIONS, many);
    restart.watch(FUNCTIONS / 2, many);
    for (int i = 0; i < many; i++) {
      restart.answersFor("uid" + i);
    }

    // When
    while (run.reports.rounds == 0) {
      restart.step();
      restart.look();
    }

    // Then
    assertThat(Duration.ofNanos(run.now)).isGreaterThan(LONGEST_WAIT);
    assertThat(restart.unanswered).isEmpty();
    assertThat(restart.looks).isEmpty();
  }

  @Test
  void thoseThatTheEndOfAListHasToldAreNotToldSooner() {
    // Given
    restart.answersFor("uid0");
    run.account.failing.put("null", new Failure("AccessDeniedException", "no", 403, null));

    // When
    restart.runUntil(Duration.ofSeconds(3).toNanos());
    restart.look();

    // Then
    assertThat(run.reports.readEach).contains("uid0");
    assertThat(restart.unanswered).isEmpty();
    assertThat(restart.looks).isEmpty();
    assertThat(restart.answersFor("uid0")).isFalse();
  }

  @Test
  void thoseOfAnotherAccountAreReadOnceTheOwnOneIsKnown() {
    // Given
    region.watch(new WatchedFunction("foreign", "f", "210987654321", "r1", run.now));
    restart.answersFor("foreign");
    restart.look();
    assertThat(restart.unanswered).isEmpty();

    // When
    region.watched().isHome("123456789012");
    restart.look();

    // Then
    assertThat(restart.unanswered).containsExactly("foreign");
  }

  @Test
  void thoseWhoseAccountTurnsOutToBeTheOwnOneAreReadThoughTheOwnListHasEnded() {
    // Given: resources with a role, of which the own list could show none
    RestartedRegion other = new RestartedRegion("us-east-1");
    other.region.watch(
        new WatchedFunction("tenant", "f", "123456789012", "r1", run.now).listedBy("session"));
    other.answersFor("tenant");
    other.runUntil(Duration.ofSeconds(5).toNanos());
    assertThat(other.region.own().mode().mayList()).isFalse();

    // When
    other.region.watched().isHome("123456789012");
    other.look();

    // Then
    assertThat(other.unanswered).containsExactly("tenant");
  }

  @Test
  void thoseOfSeveralLooksAreReadAtThatPaceTogether() {
    // Given resources that come over a time
    for (int i = 0; i < FUNCTIONS / 2; i++) {
      restart.answersFor("uid" + i);
    }
    run.now += Duration.ofSeconds(2).toNanos();
    restart.watch(FUNCTIONS / 2, FUNCTIONS / 2 + 10);
    restart.answersFor("uid" + FUNCTIONS / 2);

    // When
    run.now = LONGEST_WAIT.toNanos() + Duration.ofSeconds(2).toNanos();
    restart.look();

    // Then
    assertThat(restart.within)
        .isEqualTo(
            SweepSchedule.betweenReads(
                Duration.ZERO, 110, run.lambda.readsPerSecond("eu-west-1", null)));
  }

  @Test
  void manyAreReadWithinTheTimeThatATenthOfTheBudgetTakes() {
    // Given
    for (int i = 0; i < FUNCTIONS / 2; i++) {
      restart.answersFor("uid" + i);
    }

    // When
    run.now = LONGEST_WAIT.toNanos();
    restart.look();

    // Then
    assertThat(restart.unanswered).hasSize(FUNCTIONS / 2);
    assertThat(restart.within)
        .isEqualTo(
            SweepSchedule.betweenReads(
                Duration.ZERO, FUNCTIONS / 2, run.lambda.readsPerSecond("eu-west-1", null)));
  }

  @Test
  void aWaitThatBeginsAsItsResourceIsForgottenEnds() {
    // Given
    restart.answersFor("uid0");

    // When
    region.watched().forget("uid0");
    restart.look();

    // Then
    assertThat(restart.unanswered).isEmpty();
    assertThat(restart.looks).isEmpty();
    assertThat(restart.answersFor("uid0")).isFalse();
  }

  @Test
  void aFunctionThatIsForgottenIsNotWaitedFor() {
    // Given
    restart.answersFor("uid0");

    // When
    region.forget("uid0");

    // Then
    assertThat(restart.waiting()).isZero();
  }
}
