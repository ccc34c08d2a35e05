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

/** One limiter of 10 calls a second that does not grow, with a burst of two. */
final class RateLimiterTest {

  private final VirtualTime time = new VirtualTime();
  private final RateLimiter limiter = new AccountQuota(10, time::nanos).control();
  private final Callers callers = new Callers(limiter);

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
    callers.empty();

    // Then
    assertThat(callers.delay("a", Priority.READ)).isCloseTo(0.1, within(0.001));
    assertThat(callers.delay("b", Priority.READ)).isCloseTo(0.2, within(0.001));
    assertThat(callers.delay("a", Priority.READ))
        .as("keeps its place")
        .isCloseTo(0.1, within(0.001));
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(2);
    time.pass(0.1);
    assertThat(callers.goes("b", Priority.READ)).as("before its time").isFalse();
    assertThat(callers.goes("a", Priority.READ)).isTrue();
    time.pass(0.1);
    assertThat(callers.goes("b", Priority.READ)).isTrue();
  }

  @Test
  void whatIsBorrowedIsPaidBackByTheOthers() {
    // Given
    callers.empty();

    // When
    limiter.borrow();
    limiter.borrow();

    // Then
    assertThat(callers.delay("a", Priority.WRITE)).isCloseTo(0.3, within(0.001));
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
    assertThat(callers.delay("a", Priority.WRITE)).isCloseTo(1 / 8.0, within(0.001));
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
    double first = callers.delay("first", Priority.WRITE);
    double second = callers.delay("second", Priority.WRITE);

    // When
    hanging.removeFirst().done(CallOutcome.ANSWERED);
    hanging.removeFirst().done(CallOutcome.ANSWERED);

    // Then
    assertThat(first).isCloseTo(0.1, within(0.001));
    assertThat(second).isBetween(0.1, 0.5);
    assertThat(callers.goes("first", Priority.WRITE)).as("its token was not used up").isTrue();
    assertThat(callers.goes("second", Priority.WRITE)).isTrue();
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
              granted += callers.goes(name + i, Priority.READ) ? 1 : 0;
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
}
