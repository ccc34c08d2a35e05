package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An endpoint that answers again, or whose probe never comes. */
final class EndpointRecoveryTest {

  private final VirtualTime time = new VirtualTime();
  private final AccountQuota account = new AccountQuota(14, time::nanos);

  @Test
  void anAnswerLetsAllGoOnWithoutWhatWasSavedUpMeanwhile() {
    // Given
    AccountQuota raised = new AccountQuota(1000, time::nanos);
    stop(raised);
    time.pass(60);

    // When
    permit(raised.control(), "a").done(CallOutcome.ANSWERED);

    // Then
    assertThat(
            IntStream.range(0, 20)
                .filter(
                    i ->
                        raised.control().ask(id("b" + i), Priority.WRITE)
                            instanceof Reservation.Granted)
                .count())
        .isEqualTo(1);
  }

  @Test
  void aCallerThatIsForgottenLeavesTheProbeToAnother() {
    // Given
    stop(account);
    time.pass(1);
    permit(account.control(), "a");
    boolean beside = isGranted("b");

    // When
    account.forget(id("a"));

    // Then
    assertThat(beside).isFalse();
    assertThat(isGranted("b")).isTrue();
  }

  @Test
  void anAccountIsIdleWhenNoCallOfEitherBucketIsUnderWay() {
    // When
    Permit underWay = account.getFunction().borrow();
    boolean before = account.isIdle();
    underWay.done(CallOutcome.ANSWERED);

    // Then
    assertThat(before).isFalse();
    assertThat(account.isIdle()).isTrue();
  }

  private boolean isGranted(String caller) {
    return account.control().ask(id(caller), Priority.WRITE) instanceof Reservation.Granted;
  }

  private static void stop(AccountQuota account) {
    for (int i = 0; i < 5; i++) {
      account.control().borrow().done(CallOutcome.UNREACHABLE);
    }
  }

  private static Permit permit(RateLimiter limiter, String who) {
    return ((Reservation.Granted) limiter.ask(id(who), Priority.READ)).permit();
  }
}
