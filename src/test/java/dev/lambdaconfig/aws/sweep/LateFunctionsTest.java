package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.SweepRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Functions that are watched after their page was taken, as those of a large fleet are after a
 * restart: the next round answers for them.
 */
final class LateFunctionsTest {

  private static final int FUNCTIONS = 200;

  private final SweepRun run = new SweepRun();
  private final RegionSweeps region = new RegionSweeps("eu-west-1", run::sweep);

  @BeforeEach
  void functions() {
    for (int i = 0; i < FUNCTIONS; i++) {
      run.account.functions.add(new ListedFunction("f" + i, "123456789012", "r1", 0));
    }
    watch(0, FUNCTIONS / 2);
  }

  @Test
  void aRoundThatGoesOnIsStillToAnswerForAll() {
    // Given
    assertThat(region.isToBeListed("uid0", MINUTE)).isFalse();

    // When
    step();

    // Then
    assertThat(region.watched().isConfirmed("uid0")).isTrue();
    assertThat(region.isToBeListed("uid0", MINUTE)).isTrue();
    assertThat(region.isToBeListed("uid99", MINUTE)).isTrue();
  }

  @Test
  void theNextRoundAnswersForFunctionsThatTheFirstOneCameTooEarlyFor() {
    // Given
    step();
    watch(FUNCTIONS / 2, FUNCTIONS);
    finishRound(1);
    watch(FUNCTIONS, FUNCTIONS + 1);

    // Then
    assertThat(region.isToBeListed("uid0", MINUTE)).isFalse();
    assertThat(region.isToBeListed("uid150", MINUTE)).isTrue();
    assertThat(region.isToBeListed("uid200", MINUTE)).isTrue();
    assertThat(region.isToBeListed("uid150", MINUTE.minusMillis(1))).isFalse();

    // When
    finishRound(2);

    // Then no list shows the last one, which does not exist
    assertThat(region.watched().isConfirmed("uid150")).isTrue();
    assertThat(region.isToBeListed("uid150", MINUTE)).isFalse();
    assertThat(region.isToBeListed("uid200", MINUTE)).isFalse();
  }

  private void watch(int from, int to) {
    for (int i = from; i < to; i++) {
      region.watch(new WatchedFunction("uid" + i, "f" + i, null, "r1", run.now));
    }
  }

  private void finishRound(int rounds) {
    while (run.reports.rounds < rounds) {
      step();
    }
  }

  private void step() {
    Duration next = region.own().step();
    run.now += Math.max(1, next.toNanos());
  }
}
