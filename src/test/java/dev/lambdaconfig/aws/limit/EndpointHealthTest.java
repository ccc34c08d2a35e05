package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An endpoint that does not answer, as the askers of both buckets find it. */
final class EndpointHealthTest {

  private static final Duration BEFORE_ANYBODY_GIVES_UP = Duration.ofSeconds(1);

  private final World world = new World();
  private final AccountBudget account = new AccountBudget(14, world::nanos);

  @Test
  void fiveCallsInARowWithoutAnAnswerStopAllCalls() {
    // When
    fail(4);
    boolean afterFour = account.health().available();
    call(account.getFunction(), Outcome.UNREACHABLE);

    // Then
    assertThat(afterFour).isTrue();
    assertThat(account.health().available()).isFalse();
    assertThat(account.control().ask("a", Priority.WRITE)).isInstanceOf(Turn.Unavailable.class);
    assertThat(account.getFunction().ask("a", Priority.READ)).isInstanceOf(Turn.Unavailable.class);
    assertThat(account.control().waiting(Priority.WRITE)).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNREACHABLE")
  void anyAnswerInBetweenCountsAsLife(Outcome life) {
    // When
    fail(4);
    call(account.getFunction(), life);
    fail(4);

    // Then
    assertThat(account.health().available()).isTrue();
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
    world.pass(1);
    Turn first = account.control().ask("a", Priority.SWEEP);

    // Then
    assertThat(first).isInstanceOf(Turn.Now.class);
    assertThat(account.control().ask("b", Priority.WRITE)).isInstanceOf(Turn.Unavailable.class);
    assertThat(account.getFunction().ask("c", Priority.WRITE)).isInstanceOf(Turn.Unavailable.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNREACHABLE")
  void anAnswerLetsAllGoOn(Outcome answer) {
    // Given
    fail(5);
    world.pass(1);
    Permit probe = permit(account.control(), "a");

    // When
    probe.done(answer);

    // Then
    assertThat(account.health().available()).isTrue();
    assertThat(account.getFunction().ask("b", Priority.READ)).isInstanceOf(Turn.Now.class);
    assertThat(account.getFunction().perSecond()).isBetween(10.0, 11.0);
  }

  @Test
  void noAnswerDoublesTheTimeUpTo30Seconds() {
    // Given
    fail(5);
    List<Long> pauses = new ArrayList<>();

    // When
    for (int i = 0; i < 7; i++) {
      Duration pause = account.health().pause();
      pauses.add(pause.toSeconds());
      world.pass(pause.minusNanos(1));
      assertThat(account.control().ask("early", Priority.READ))
          .isInstanceOf(Turn.Unavailable.class);
      world.pass(Duration.ofNanos(1));
      permit(account.control(), "a").done(Outcome.UNREACHABLE);
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
    underWay.forEach(permit -> permit.done(Outcome.UNREACHABLE));

    // Then
    assertThat(account.health().pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anAnswerToACallThatWasUnderWayIsLife() {
    // Given
    Permit underWay = account.getFunction().borrow();
    fail(5);

    // When
    underWay.done(Outcome.ANSWERED);

    // Then
    assertThat(account.health().available()).isTrue();
  }

  @Test
  void aProbeThatIsNeverHeardOfIsReplaced() {
    // Given
    fail(5);
    world.pass(1);
    Permit lost = permit(account.control(), "lost");

    // When
    world.pass(59.9);
    Turn before = account.control().ask("a", Priority.READ);
    world.pass(0.2);
    Turn after = account.control().ask("a", Priority.READ);
    lost.done(Outcome.UNREACHABLE);

    // Then
    assertThat(before).isInstanceOf(Turn.Unavailable.class);
    assertThat(after).isInstanceOf(Turn.Now.class);
    assertThat(account.health().pause()).as("by the newer probe only").hasSeconds(1);
  }

  @Test
  void whoHadAPlaceKeepsItWhileTheEndpointIsAway() {
    // Given
    while (account.control().ask("emptying", Priority.WRITE) instanceof Turn.Now now) {
      now.permit().done(Outcome.ANSWERED);
    }
    account.control().forget("emptying");
    account.control().ask("a", Priority.READ);
    for (int i = 0; i < 5; i++) {
      call(account.getFunction(), Outcome.UNREACHABLE);
    }

    // When
    unavailable("a");
    world.pass(6);

    // Then
    assertThat(account.control().waiting(Priority.READ)).isEqualTo(1);
  }

  @Test
  void nobodyStampedesWhenItIsBack() {
    // Given
    Aws aws = new Aws(15, 14);
    aws.away = true;
    for (int i = 0; i < 2000; i++) {
      aws.caller("uid-" + i, Priority.READ);
    }
    aws.world.pass(120);
    assertThat(aws.answered()).isZero();
    assertThat(aws.calls).as("hardly called").hasSizeLessThan(40);

    // When
    aws.away = false;
    aws.world.pass(180);

    // Then
    assertThat(aws.answered()).isGreaterThan(1500);
    for (double at = 120; at < 300; at += 0.1) {
      assertThat(aws.callsBetween(at, at + 1)).isLessThanOrEqualTo(17);
    }
    assertThat(aws.throttledShare()).isLessThan(0.02);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      world.pass(BEFORE_ANYBODY_GIVES_UP);
      call(account.control(), Outcome.UNREACHABLE);
    }
  }

  private static void call(RequestBudget budget, Outcome outcome) {
    permit(budget, "caller").done(outcome);
  }

  private static Permit permit(RequestBudget budget, String who) {
    return ((Turn.Now) budget.ask(who, Priority.READ)).permit();
  }

  private double unavailable(String who) {
    Turn turn = account.control().ask(who, Priority.READ);
    return ((Turn.Unavailable) turn).delay().toNanos() / 1e9;
  }
}
