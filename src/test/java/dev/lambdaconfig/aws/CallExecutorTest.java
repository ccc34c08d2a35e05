package dev.lambdaconfig.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a call, by the answer of the limiter. */
final class CallExecutorTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RateLimiter limiter = new AccountQuota(10, () -> 0).control();
  private long now = 100;
  private int waiting;
  private int made;
  private final CallExecutor calls = new CallExecutor(() -> now);

  private CallResult<String> execute(Reservation reservation) {
    calls.onWaiting(() -> waiting++);
    return calls.execute(
        reservation,
        () -> {
          made++;
          now += 7;
          return "answer";
        },
        answer -> null);
  }

  @Test
  void aCallThatIsGrantedIsMadeAndDatedToItsBeginning() {
    // When
    CallResult<String> result = execute(limiter.ask(WaiterId.read("a"), Priority.READ));

    // Then
    assertThat(result).isEqualTo(new CallResult.Answered<>("answer", 100));
    assertThat(limiter.inFlight()).isZero();
    assertThat(waiting).isZero();
  }

  @Test
  void aCallThatIsDeferredIsNotMadeButAnnounced() {
    // When
    CallResult<String> result = execute(new Reservation.Deferred(SECOND));

    // Then
    assertThat(result).isEqualTo(new CallResult.Deferred<>(SECOND));
    assertThat(made).isZero();
    assertThat(waiting).isOne();
  }

  @Test
  void nobodyIsAwaitedWhereTheEndpointDoesNotAnswer() {
    // When
    CallResult<String> result = execute(new Reservation.Unavailable(SECOND));

    // Then
    assertThat(result).isEqualTo(new CallResult.Unavailable<>(SECOND));
    assertThat(made).isZero();
    assertThat(waiting).isZero();
  }
}
