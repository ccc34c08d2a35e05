package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits is called when a token comes, whatever it was told before. */
final class CallingTest {

  private final VirtualTime time = new VirtualTime();
  private final AccountQuota account = new AccountQuota(10, time::nanos);
  private final RateLimiter limiter = account.control();

  private void empty() {
    while (limiter.ask("emptying", Priority.WRITE) instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
    limiter.forget("emptying");
  }

  private void queue(String... names) {
    for (String name : names) {
      assertThat(limiter.ask(name, Priority.READ)).isInstanceOf(Reservation.Deferred.class);
    }
  }

  @Test
  void theFirstInLineAreCalledAsTokensCome() {
    // Given
    empty();
    queue("a", "b", "c");

    // When
    List<String> atOnce = limiter.due();
    time.pass(0.2);
    List<String> then = limiter.due();

    // Then
    assertThat(atOnce).isEmpty();
    assertThat(then).containsExactly("a", "b");
  }

  @Test
  void nobodyIsCalledTwiceForTheSameToken() {
    // Given
    empty();
    queue("a", "b");
    time.pass(0.1);
    limiter.due();

    // When
    time.pass(0.02);
    List<String> again = limiter.due();

    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void whoIsCalledGoesThoughItWasToldALaterTime() {
    // Given
    empty();
    for (int i = 0; i < 200; i++) {
      limiter.ask("x" + i, Priority.SWEEP);
    }
    queue("a");
    time.pass(0.1);

    // When
    List<String> called = limiter.due();

    // Then
    assertThat(called).containsExactly("a");
    assertThat(limiter.ask("a", Priority.READ)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void allAreServedWithoutComingBackByThemselves() {
    // Given
    empty();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add("w" + i);
      limiter.ask("w" + i, Priority.WRITE);
    }

    // When: for 11 seconds, at 10 a second
    for (int beat = 0; beat < 440; beat++) {
      time.pass(0.025);
      for (String who : limiter.due()) {
        if (limiter.ask(who, Priority.WRITE) instanceof Reservation.Granted granted) {
          granted.permit().done(CallOutcome.ANSWERED);
          waiting.remove(who);
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
    empty();
    time.pass(0.1);
    Reservation.Granted granted = (Reservation.Granted) limiter.ask("a", Priority.WRITE);

    // When
    granted.permit().giveBack();

    // Then
    assertThat(limiter.inFlight()).isZero();
    assertThat(limiter.ask("b", Priority.WRITE)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void aProbeThatIsGivenBackIsMadeByTheNext() {
    // Given an endpoint that does not answer
    for (int i = 0; i < 5; i++) {
      limiter.borrow().done(CallOutcome.UNREACHABLE);
    }
    assertThat(limiter.ask("a", Priority.WRITE)).isInstanceOf(Reservation.Unavailable.class);
    time.pass(1.1);
    Reservation.Granted probe = (Reservation.Granted) limiter.ask("a", Priority.WRITE);
    assertThat(limiter.ask("b", Priority.WRITE)).isInstanceOf(Reservation.Unavailable.class);

    // When
    probe.permit().giveBack();

    // Then
    assertThat(limiter.ask("b", Priority.WRITE)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void nobodyIsCalledWhileTheEndpointIsAway() {
    // Given
    empty();
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
