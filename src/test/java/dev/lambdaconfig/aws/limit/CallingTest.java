package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A waiter is called when a token comes, whatever time it was told before. */
final class CallingTest {

  private final VirtualTime time = new VirtualTime();
  private final AccountQuota account = new AccountQuota(10, time::nanos);
  private final RateLimiter limiter = account.control();
  private final Callers callers = new Callers(limiter);

  private void queue(String... names) {
    for (String name : names) {
      assertThat(limiter.ask(id(name), Priority.READ)).isInstanceOf(Reservation.Deferred.class);
    }
  }

  @Test
  void theFirstInLineAreCalledAsTokensCome() {
    // Given
    callers.empty();
    queue("a", "b", "c");

    // When
    List<WaiterId> atOnce = limiter.due();
    time.pass(0.2);
    List<WaiterId> then = limiter.due();

    // Then
    assertThat(atOnce).isEmpty();
    assertThat(then).containsExactly(id("a"), id("b"));
  }

  @Test
  void nobodyIsCalledTwiceForTheSameToken() {
    // Given
    callers.empty();
    queue("a", "b");
    time.pass(0.1);
    limiter.due();

    // When
    time.pass(0.02);
    List<WaiterId> again = limiter.due();

    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void whoIsCalledGoesThoughItWasToldALaterTime() {
    // Given
    callers.empty();
    for (int i = 0; i < 200; i++) {
      limiter.ask(id("x" + i), Priority.SWEEP);
    }
    queue("a");
    time.pass(0.1);

    // When
    List<WaiterId> called = limiter.due();

    // Then
    assertThat(called).containsExactly(id("a"));
    assertThat(limiter.ask(id("a"), Priority.READ)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void allAreServedWithoutComingBackByThemselves() {
    // Given
    callers.empty();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add("w" + i);
      limiter.ask(id("w" + i), Priority.WRITE);
    }

    // When: for 11 seconds, at 10 a second
    for (int beat = 0; beat < 440; beat++) {
      time.pass(0.025);
      for (WaiterId waiter : limiter.due()) {
        if (limiter.ask(waiter, Priority.WRITE) instanceof Reservation.Granted granted) {
          granted.permit().done(CallOutcome.ANSWERED);
          waiting.remove(waiter.uid());
        }
      }
    }

    // Then
    assertThat(waiting).isEmpty();
    assertThat(account.waiting()).isZero();
  }

  @Test
  void aTurnThatIsGivenBackIsThereForAnother() {
    // Given
    callers.empty();
    time.pass(0.1);
    Reservation.Granted granted = (Reservation.Granted) limiter.ask(id("a"), Priority.WRITE);

    // When
    granted.permit().giveBack();

    // Then
    assertThat(limiter.inFlight()).isZero();
    assertThat(limiter.ask(id("b"), Priority.WRITE)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void callsThatAreNotMadeTakeNoTokenAndRaiseNoRate() {
    // Given a crowd without credentials, at a quota that is in demand
    AccountQuota quota = new AccountQuota(100, time::nanos);
    Callers demand = new Callers(quota.control());
    demand.empty();
    time.pass(0.1);
    double before = quota.control().perSecond();

    // When
    for (int i = 0; i < 1000; i++) {
      Reservation asked = quota.control().ask(id("without" + i), Priority.READ);
      ((Reservation.Granted) asked).permit().done(CallOutcome.NOT_MADE);
    }

    // Then
    assertThat(quota.control().perSecond()).isCloseTo(before, within(1e-6));
    assertThat(quota.control().ask(id("with"), Priority.READ))
        .isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void aCallThatMayHaveBeenMadeKeepsItsToken() {
    // Given
    callers.empty();
    time.pass(0.1);

    // When
    ((Reservation.Granted) limiter.ask(id("a"), Priority.READ)).permit().done(CallOutcome.UNKNOWN);

    // Then
    assertThat(limiter.ask(id("b"), Priority.READ)).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void aProbeThatIsGivenBackIsMadeByTheNext() {
    // Given an endpoint that does not answer
    for (int i = 0; i < 5; i++) {
      limiter.borrow().done(CallOutcome.UNREACHABLE);
    }
    assertThat(limiter.ask(id("a"), Priority.WRITE)).isInstanceOf(Reservation.Unavailable.class);
    time.pass(1.1);
    Reservation.Granted probe = (Reservation.Granted) limiter.ask(id("a"), Priority.WRITE);
    assertThat(limiter.ask(id("b"), Priority.WRITE)).isInstanceOf(Reservation.Unavailable.class);

    // When
    probe.permit().giveBack();

    // Then
    assertThat(limiter.ask(id("b"), Priority.WRITE)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void nobodyIsCalledWhileTheEndpointIsAway() {
    // Given
    callers.empty();
    queue("a");
    for (int i = 0; i < 5; i++) {
      limiter.borrow().done(CallOutcome.UNREACHABLE);
    }

    // When
    time.pass(0.9);

    // Then
    assertThat(limiter.due()).isEmpty();
  }
}
