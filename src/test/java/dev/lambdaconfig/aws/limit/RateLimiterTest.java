package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One bucket of 10 a second that does not grow, two calls at once, and who comes when. */
final class RateLimiterTest {

  private final VirtualTime time = new VirtualTime();
  private final RateLimiter limiter = new AccountQuota(10, time::nanos).control();

  @Test
  void whoFindsATokenGoesAtOnce() {
    // When
    Reservation reservation = limiter.ask(id("a"), Priority.SWEEP);

    // Then
    assertThat(reservation).isInstanceOf(Reservation.Granted.class);
    assertThat(limiter.inFlight()).isEqualTo(1);
    assertThat(limiter.waiting(Priority.SWEEP)).isZero();
  }

  @Test
  void whoFindsNoneIsToldWhenThereIsOne() {
    // Given
    empty();

    // Then
    assertThat(delay("a", Priority.READ)).isCloseTo(0.1, within(0.001));
    assertThat(delay("b", Priority.READ)).isCloseTo(0.2, within(0.001));
    assertThat(delay("a", Priority.READ)).as("keeps its place").isCloseTo(0.1, within(0.001));
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(2);
    time.pass(0.1);
    assertThat(goes("b", Priority.READ)).as("before its time").isFalse();
    assertThat(goes("a", Priority.READ)).isTrue();
    time.pass(0.1);
    assertThat(goes("b", Priority.READ)).isTrue();
  }

  @Test
  void whoComesTooEarlyIsToldTheRest() {
    // Given
    empty();
    delay("a", Priority.READ);

    // When
    time.pass(0.03);

    // Then
    assertThat(delay("a", Priority.READ)).isCloseTo(0.07, within(0.001));
  }

  @Test
  void aNewcomerDoesNotTakeWhatIsMeantForOneWhoIsDue() {
    // Given
    empty();
    delay("a", Priority.READ);

    // When
    time.pass(0.1);

    // Then
    assertThat(goes("newcomer", Priority.READ)).isFalse();
    assertThat(goes("less urgent", Priority.SWEEP)).isFalse();
    assertThat(goes("a", Priority.READ)).isTrue();
  }

  @Test
  void whoComesLateGoesFirst() {
    // Given
    empty();
    delay("late", Priority.READ);
    delay("b", Priority.READ);
    time.pass(0.5);
    assertThat(goes("b", Priority.READ)).as("is not held up").isTrue();
    empty();
    delay("c", Priority.READ);

    // When
    double rest = delay("late", Priority.READ);

    // Then
    assertThat(rest).isCloseTo(0.1, within(0.001));
    time.pass(0.1);
    assertThat(goes("c", Priority.READ)).isFalse();
    assertThat(goes("late", Priority.READ)).isTrue();
  }

  @Test
  void theMoreUrgentGoFirst() {
    // Given
    empty();
    List.of(Priority.SWEEP, Priority.SETTLE, Priority.READ, Priority.WRITE)
        .forEach(priority -> delay(priority.name(), priority));
    List<String> went = new ArrayList<>();

    // When
    for (int i = 0; i < 4; i++) {
      time.pass(0.1);
      for (Priority priority :
          List.of(Priority.SWEEP, Priority.SETTLE, Priority.READ, Priority.WRITE)) {
        if (!went.contains(priority.name()) && goes(priority.name(), priority)) {
          went.add(priority.name());
        }
      }
    }

    // Then
    assertThat(went).containsExactly("WRITE", "READ", "SETTLE", "SWEEP");
  }

  @Test
  void whoAsksWithAnotherPriorityMoves() {
    // Given
    empty();
    delay("other", Priority.SWEEP);
    delay("a", Priority.SWEEP);

    // When
    double delay = delay("a", Priority.WRITE);

    // Then
    assertThat(delay).isCloseTo(0.1, within(0.001));
    assertThat(limiter.waiting(Priority.SWEEP)).isEqualTo(1);
    assertThat(limiter.waiting(Priority.WRITE)).isEqualTo(1);
  }

  @Test
  void aPlaceThatNobodyComesForExpires() {
    // Given
    empty();
    delay("a", Priority.READ);

    // When
    time.pass(5.05);
    int justBefore = limiter.waiting(Priority.READ);
    time.pass(0.1);

    // Then
    assertThat(justBefore).isEqualTo(1);
    assertThat(limiter.waiting(Priority.READ)).isZero();
  }

  @Test
  void aPlaceOfALongWaitIsKeptForAQuarterOfIt() {
    // Given
    empty();
    for (int i = 0; i < 400; i++) {
      delay("uid-" + i, Priority.READ);
    }
    assertThat(delay("a", Priority.READ)).isCloseTo(40, within(0.2));

    // When
    time.pass(48);
    int justBefore = limiter.waiting(Priority.READ);
    time.pass(4);

    // Then
    assertThat(justBefore).isPositive();
    assertThat(limiter.waiting(Priority.READ)).isZero();
  }

  @Test
  void thoseWhoWereDeletedHoldUpNobody() {
    // Given
    empty();
    for (int i = 0; i < 50; i++) {
      delay("deleted-" + i, Priority.WRITE);
    }

    // When
    time.pass(5.3);
    boolean newcomer = goes("a", Priority.SWEEP);

    // Then
    assertThat(newcomer).isTrue();
  }

  @Test
  void aPlaceCanBeGivenUp() {
    // Given
    empty();
    delay("a", Priority.READ);
    delay("b", Priority.READ);

    // When
    limiter.forget(id("a"));
    limiter.forget(id("nobody"));

    // Then
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(1);
    assertThat(delay("b", Priority.READ)).isCloseTo(0.1, within(0.001));
  }

  @Test
  void longWaitsLookInAgainWithinAMinuteAndNotAllAtOnce() {
    // Given
    empty();
    List<Double> delays = new ArrayList<>();

    // When
    for (int i = 0; i < 10_000; i++) {
      delays.add(delay("uid-" + i, Priority.READ));
    }

    // Then
    assertThat(delays).allMatch(delay -> delay <= 60);
    assertThat(delays.subList(1000, 10_000).stream().map(Double::intValue).distinct().count())
        .isEqualTo(30);
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(10_000);
  }

  @Test
  void whatIsBorrowedIsPaidBackByTheOthers() {
    // Given
    empty();

    // When
    limiter.borrow();
    limiter.borrow();

    // Then
    assertThat(delay("a", Priority.WRITE)).isCloseTo(0.3, within(0.001));
    assertThat(limiter.inFlight()).isEqualTo(2);
  }

  @Test
  void aThrottledCallDropsWhatWasSavedUp() {
    // Given
    Permit permit = ((Reservation.Granted) limiter.ask(id("a"), Priority.WRITE)).permit();
    time.pass(1);

    // When
    permit.done(CallOutcome.THROTTLED);
    permit.done(CallOutcome.THROTTLED);

    // Then
    assertThat(limiter.perSecond()).isEqualTo(8);
    assertThat(limiter.inFlight()).isZero();
    assertThat(delay("a", Priority.WRITE)).isCloseTo(1 / 8.0, within(0.001));
  }

  @Test
  void callsAtATimeAreLimitedAndNobodyLosesItsPlace() {
    // Given: a Region that hangs
    List<Permit> hanging = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (limiter.ask(id("uid-" + i), Priority.READ) instanceof Reservation.Granted granted) {
        hanging.add(granted.permit());
      }
      time.pass(0.1);
    }
    assertThat(hanging).hasSize(20);
    double first = delay("first", Priority.WRITE);
    double second = delay("second", Priority.WRITE);

    // When
    hanging.removeFirst().done(CallOutcome.ANSWERED);
    hanging.removeFirst().done(CallOutcome.ANSWERED);

    // Then
    assertThat(first).isCloseTo(0.1, within(0.001));
    assertThat(second).isBetween(0.1, 0.5);
    assertThat(goes("first", Priority.WRITE)).as("its token was not used up").isTrue();
    assertThat(goes("second", Priority.WRITE)).isTrue();
  }

  @Test
  void atLeastEightAndAtMost24CallsGoAtATime() {
    // Given
    RateLimiter slow = new AccountQuota(1, time::nanos).control();
    RateLimiter fast = new AccountQuota(14, time::nanos).getFunction();

    // When
    for (int i = 0; i < 1000; i++) {
      slow.ask(id("uid-" + i), Priority.READ);
      fast.ask(id("uid-" + i), Priority.READ);
      time.pass(1);
    }

    // Then
    assertThat(slow.inFlight()).isEqualTo(8);
    assertThat(fast.inFlight()).isEqualTo(24);
  }

  @Test
  void aClockThatStepsBackHurtsNobody() {
    // Given
    long[] now = {1_000_000_000L};
    RateLimiter jumping = new AccountQuota(10, () -> now[0]).control();
    jumping.ask(id("a"), Priority.READ);
    jumping.ask(id("b"), Priority.READ);

    // When
    now[0] -= 500_000_000L;
    Reservation reservation = jumping.ask(id("c"), Priority.READ);

    // Then
    assertThat(reservation).isEqualTo(new Reservation.Deferred(Duration.ofMillis(100)));
  }

  @Test
  void manyThreadsGetNoMoreThanThereIs() throws Exception {
    // Given
    CyclicBarrier start = new CyclicBarrier(8);
    List<Callable<Integer>> askers = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String name = "thread-" + t + "-";
      askers.add(
          () -> {
            start.await();
            int granted = 0;
            for (int i = 0; i < 5000; i++) {
              granted += goes(name + i, Priority.READ) ? 1 : 0;
            }
            return granted;
          });
    }

    // When
    int granted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> one : threads.invokeAll(askers)) {
        granted += one.get();
      }
    }

    // Then
    assertThat(granted).isEqualTo(2);
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(8 * 5000 - 2);
    assertThat(limiter.inFlight()).isZero();
  }

  /** Takes whatever tokens there are. */
  private void empty() {
    while (limiter.ask(id("emptying"), Priority.WRITE) instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
    limiter.forget(id("emptying"));
  }

  private double delay(String who, Priority priority) {
    return ((Reservation.Deferred) limiter.ask(id(who), priority)).delay().toNanos() / 1e9;
  }

  private boolean goes(String who, Priority priority) {
    if (limiter.ask(id(who), priority) instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
      return true;
    }
    return false;
  }
}
