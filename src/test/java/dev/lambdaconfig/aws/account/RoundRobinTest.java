package dev.lambdaconfig.aws.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limiters of a Region whose waiters there is room for. */
final class RoundRobinTest {

  private long now;
  private final RoundRobin turns = new RoundRobin();
  private final List<RateLimiter> limiters = List.of(awaited("a"), awaited("b"), awaited("c"));

  /** A limiter that grants a call each tenth of a second, for which these callers wait. */
  private RateLimiter awaited(String... uids) {
    RateLimiter limiter = new AccountQuota(10, () -> now).control();
    for (String uid : uids) {
      while (limiter.ask(WaiterId.read(uid), Priority.READ)
          instanceof Reservation.Granted granted) {
        granted.permit().done(CallOutcome.ANSWERED);
      }
    }
    return limiter;
  }

  @Test
  void whereThereIsRoomForOneEachLimiterHasItsTurn() {
    // Given
    now = Duration.ofMillis(110).toNanos();

    // When
    List<List<WaiterId>> rounds =
        List.of(turns.due(limiters, 1), turns.due(limiters, 1), turns.due(limiters, 1));

    // Then
    assertThat(rounds)
        .containsExactly(
            List.of(WaiterId.read("a")), List.of(WaiterId.read("c")), List.of(WaiterId.read("b")));
  }

  @Test
  void noMoreAreCalledThanThereIsRoomFor() {
    // Given
    now = Duration.ofMillis(110).toNanos();

    // Then
    assertThat(turns.due(limiters, 0)).isEmpty();
    assertThat(turns.due(limiters, 2)).hasSize(2);
    assertThat(turns.due(limiters, 9)).as("those that were not called yet").hasSize(1);
  }

  @Test
  void aLimiterOfWhichManyWaitDoesNotTakeMoreThanIsLeft() {
    // Given
    List<RateLimiter> uneven = List.of(awaited("a"), awaited("b", "c"));
    now = Duration.ofMillis(210).toNanos();

    // When
    List<WaiterId> due = turns.due(uneven, 2);

    // Then
    assertThat(due).containsExactly(WaiterId.read("a"), WaiterId.read("b"));
  }

  @Test
  void aWaiterWhoseQuotaIsUsedUpIsNotCalled() {
    assertThat(turns.due(limiters, 9)).isEmpty();
  }
}
