package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An endpoint that does not answer, as the askers of both buckets find it. */
final class EndpointBreakerTest {

  private static final Duration BEFORE_ANYBODY_GIVES_UP = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final AccountQuota account = new AccountQuota(14, time::nanos);

  @Test
  void fiveCallsInARowWithoutAnAnswerStopAllCalls() {
    // When
    fail(4);
    boolean afterFour = account.breaker().available();
    call(account.getFunction(), CallOutcome.UNREACHABLE);

    // Then
    assertThat(afterFour).isTrue();
    assertThat(account.breaker().available()).isFalse();
    assertThat(account.control().ask(id("a"), Priority.WRITE))
        .isInstanceOf(Reservation.Unavailable.class);
    assertThat(account.getFunction().ask(id("a"), Priority.READ))
        .isInstanceOf(Reservation.Unavailable.class);
    assertThat(account.control().waiting(Priority.WRITE)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"ANSWERED", "THROTTLED"})
  void anyAnswerInBetweenCountsAsLife(CallOutcome life) {
    // When
    fail(4);
    call(account.getFunction(), life);
    fail(4);

    // Then
    assertThat(account.breaker().available()).isTrue();
  }

  @Test
  void thoseWhoAreSentAwayComeBackOneByOne() {
    // Given
    fail(5);

    // When
    List<Double> delays =
        IntStream.range(0, 1000)
            .mapToObj(i -> unavailable("0b6e7a4c-5d1f-4b7e-9c3e-" + (100_000_000_000L + i)))
            .toList();

    // Then
    assertThat(delays).allMatch(delay -> delay >= 1 && delay <= 2);
    for (double from = 1; from < 2; from += 0.1) {
      double at = from;
      assertThat(delays.stream().filter(delay -> delay >= at && delay < at + 0.1).count())
          .isBetween(60L, 140L);
    }
  }

  @Test
  void oneFindsOutForAll() {
    // Given
    fail(5);

    // When
    time.pass(1);
    Reservation first = account.control().ask(id("a"), Priority.SWEEP);

    // Then
    assertThat(first).isInstanceOf(Reservation.Granted.class);
    assertThat(account.control().ask(id("b"), Priority.WRITE))
        .isInstanceOf(Reservation.Unavailable.class);
    assertThat(account.getFunction().ask(id("c"), Priority.WRITE))
        .isInstanceOf(Reservation.Unavailable.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANSWERED", "THROTTLED"})
  void anAnswerLetsAllGoOn(CallOutcome answer) {
    // Given
    fail(5);
    time.pass(1);
    Permit probe = permit(account.control(), "a");

    // When
    probe.done(answer);

    // Then
    assertThat(account.breaker().available()).isTrue();
    assertThat(account.getFunction().ask(id("b"), Priority.READ))
        .isInstanceOf(Reservation.Granted.class);
    assertThat(account.getFunction().perSecond()).isBetween(10.0, 11.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_MADE", "UNKNOWN"})
  void aCallThatWasNotMadeIsNoSignOfLife(CallOutcome notMade) {
    // When: every fourth caller has no credentials
    fail(3);
    call(account.control(), notMade);
    fail(2);

    // Then
    assertThat(account.breaker().available()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_MADE", "UNKNOWN"})
  void aProbeThatWasNotMadeLeavesTheBreakerOpenForAnotherOne(CallOutcome notMade) {
    // Given
    fail(5);
    time.pass(1);
    Permit probe = permit(account.control(), "a");

    // When
    probe.done(notMade);

    // Then
    assertThat(account.breaker().available()).isFalse();
    permit(account.getFunction(), "b").done(CallOutcome.UNREACHABLE);
    assertThat(account.breaker().pause()).as("by the probe that was made").hasSeconds(2);
  }

  @Test
  void aCallUnderWayThatWasNotMadeDoesNotCloseIt() {
    // Given
    Permit underWay = account.getFunction().borrow();
    fail(5);

    // When
    underWay.done(CallOutcome.NOT_MADE);

    // Then
    assertThat(account.breaker().available()).isFalse();
  }

  @Test
  void noAnswerDoublesTheTimeUpTo30Seconds() {
    // Given
    fail(5);
    List<Long> pauses = new ArrayList<>();

    // When
    for (int i = 0; i < 7; i++) {
      Duration pause = account.breaker().pause();
      pauses.add(pause.toSeconds());
      time.pass(pause.minusNanos(1));
      assertThat(account.control().ask(id("early"), Priority.READ))
          .isInstanceOf(Reservation.Unavailable.class);
      time.pass(Duration.ofNanos(1));
      permit(account.control(), "a").done(CallOutcome.UNREACHABLE);
    }

    // Then
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void callsThatWereUnderWayDoNotMakeItLonger() {
    // Given
    List<Permit> underWay = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      underWay.add(account.getFunction().borrow());
    }

    // When
    underWay.forEach(permit -> permit.done(CallOutcome.UNREACHABLE));

    // Then
    assertThat(account.breaker().pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anAnswerToACallThatWasUnderWayIsLife() {
    // Given
    Permit underWay = account.getFunction().borrow();
    fail(5);

    // When
    underWay.done(CallOutcome.ANSWERED);

    // Then
    assertThat(account.breaker().available()).isTrue();
  }

  @Test
  void aProbeThatIsNeverHeardOfIsReplaced() {
    // Given
    fail(5);
    time.pass(1);
    Permit lost = permit(account.control(), "lost");

    // When
    time.pass(59.9);
    Reservation before = account.control().ask(id("a"), Priority.READ);
    time.pass(0.2);
    Reservation after = account.control().ask(id("a"), Priority.READ);
    lost.done(CallOutcome.UNREACHABLE);

    // Then
    assertThat(before).isInstanceOf(Reservation.Unavailable.class);
    assertThat(after).isInstanceOf(Reservation.Granted.class);
    assertThat(account.breaker().pause()).as("by the newer probe only").hasSeconds(1);
  }

  @Test
  void whoHadAPlaceKeepsItWhileTheEndpointIsAway() {
    // Given
    while (account.control().ask(id("emptying"), Priority.WRITE)
        instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
    account.control().forget(id("emptying"));
    account.control().ask(id("a"), Priority.READ);
    for (int i = 0; i < 5; i++) {
      call(account.getFunction(), CallOutcome.UNREACHABLE);
    }

    // When
    unavailable("a");
    time.pass(6);

    // Then
    assertThat(account.control().waiting(Priority.READ)).isEqualTo(1);
  }

  @Test
  void nobodyStampedesWhenItIsBack() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    quota.away = true;
    for (int i = 0; i < 2000; i++) {
      quota.caller("uid-" + i, Priority.READ);
    }
    quota.time.pass(120);
    assertThat(quota.answered()).isZero();
    assertThat(quota.calls).as("hardly called").hasSizeLessThan(40);

    // When
    quota.away = false;
    quota.time.pass(180);

    // Then
    assertThat(quota.answered()).isGreaterThan(1500);
    for (double at = 120; at < 300; at += 0.1) {
      assertThat(quota.callsBetween(at, at + 1)).isLessThanOrEqualTo(17);
    }
    assertThat(quota.throttledShare()).isLessThan(0.02);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      time.pass(BEFORE_ANYBODY_GIVES_UP);
      call(account.control(), CallOutcome.UNREACHABLE);
    }
  }

  private static void call(RateLimiter limiter, CallOutcome outcome) {
    permit(limiter, "caller").done(outcome);
  }

  private static Permit permit(RateLimiter limiter, String who) {
    return ((Reservation.Granted) limiter.ask(id(who), Priority.READ)).permit();
  }

  private double unavailable(String who) {
    Reservation reservation = account.control().ask(id(who), Priority.READ);
    return ((Reservation.Unavailable) reservation).delay().toNanos() / 1e9;
  }
}
