package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.RestartedRegion.FUNCTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The begin of a first round, which waits for functions that come one after another. */
final class FirstRoundTest {

  private final RestartedRegion restart = new RestartedRegion();
  private final SweepRun run = restart.run;

  @Test
  void aRoundBeginsOnceNoMoreFunctionsCome() {
    // When some more come at each look
    for (int i = 0; i < 10; i++) {
      restart.watch(FUNCTIONS / 2 + i, FUNCTIONS / 2 + i + 1);
      restart.step();
    }

    // Then
    assertThat(run.account.calls).isEmpty();

    // When none has come
    restart.step();

    // Then
    assertThat(run.account.calls).hasSize(1);
  }

  @Test
  void aRoundBeginsThoughFunctionsKeepComingAndThoseThatWaitAreNotTold() {
    // Given
    for (int i = 0; i < FUNCTIONS / 2; i++) {
      restart.answersFor("uid" + i);
    }

    // When
    int more = FUNCTIONS;
    while (run.account.calls.isEmpty()) {
      restart.watch(more, ++more);
      restart.step();
      restart.look();
    }

    // Then
    assertThat(Duration.ofNanos(run.account.calls.getFirst()))
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    assertThat(restart.unanswered).isEmpty();
  }

  @Test
  void functionsOfAnotherAccountThatComeHoldARoundUp() {
    // Given
    restart.region.watched().isHome("123456789012");

    // When
    for (int i = 0; i < 5; i++) {
      restart.region.watch(
          new WatchedFunction("other" + i, "f" + i, "210987654321", "r1", run.now));
      restart.step();
    }

    // Then: so do those of the same restart, of which each account has few
    assertThat(run.account.calls).isEmpty();
  }

  @Test
  void aPageOfItThatIsNotGrantedIsAskedForAgainWithinHalfASecond() {
    // Given a budget of which others have taken all
    RateLimitedLambda slow =
        new RateLimitedLambda(
            run.account,
            run.account,
            new CallLimits(1),
            () -> run.now,
            RateLimitedLambda.Listeners.NONE);
    run.functions(FUNCTIONS, FUNCTIONS);
    Sweep sweep =
        new Sweep(
            new Lister(
                new ListedAccount(run.watched, null), uid -> null, SweepRun.MINUTE, () -> run.now),
            slow,
            SweepRun.MINUTE,
            new Timing(Clock.systemUTC(), () -> run.now, () -> 0.5),
            run.reports);
    sweep.step();
    QuotaScope others = new QuotaScope(null, "eu-west-1");
    while (slow.list(others, null, null) instanceof CallResult.Answered) {
      run.account.calls.clear();
    }

    // Then
    assertThat(sweep.step()).isEqualTo(Duration.ofMillis(500));
    assertThat(run.account.calls).isEmpty();
  }
}
