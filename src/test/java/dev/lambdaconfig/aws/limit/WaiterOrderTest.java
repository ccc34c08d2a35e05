package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The places of waiters in front of a limiter of 10 calls a second. */
final class WaiterOrderTest {

  private final VirtualTime time = new VirtualTime();
  private final RateLimiter limiter = new AccountQuota(10, time::nanos).control();
  private final Callers callers = new Callers(limiter);

  @Test
  void whoComesTooEarlyIsToldTheRest() {
    // Given
    callers.empty();
    callers.delay("a", Priority.READ);

    // When
    time.pass(0.03);

    // Then
    assertThat(callers.delay("a", Priority.READ)).isCloseTo(0.07, within(0.001));
  }

  @Test
  void aNewcomerDoesNotTakeWhatIsMeantForOneWhoIsDue() {
    // Given
    callers.empty();
    callers.delay("a", Priority.READ);

    // When
    time.pass(0.1);

    // Then
    assertThat(callers.goes("newcomer", Priority.READ)).isFalse();
    assertThat(callers.goes("less urgent", Priority.SWEEP)).isFalse();
    assertThat(callers.goes("a", Priority.READ)).isTrue();
  }

  @Test
  void whoComesLateGoesFirst() {
    // Given
    callers.empty();
    callers.delay("late", Priority.READ);
    callers.delay("b", Priority.READ);
    time.pass(0.5);
    assertThat(callers.goes("b", Priority.READ)).as("is not held up").isTrue();
    callers.empty();
    callers.delay("c", Priority.READ);

    // When
    double rest = callers.delay("late", Priority.READ);

    // Then
    assertThat(rest).isCloseTo(0.1, within(0.001));
    time.pass(0.1);
    assertThat(callers.goes("c", Priority.READ)).isFalse();
    assertThat(callers.goes("late", Priority.READ)).isTrue();
  }

  @Test
  void theMoreUrgentGoFirst() {
    // Given
    callers.empty();
    List.of(Priority.SWEEP, Priority.SETTLE, Priority.READ, Priority.WRITE)
        .forEach(priority -> callers.delay(priority.name(), priority));
    List<String> went = new ArrayList<>();

    // When
    for (int i = 0; i < 4; i++) {
      time.pass(0.1);
      for (Priority priority :
          List.of(Priority.SWEEP, Priority.SETTLE, Priority.READ, Priority.WRITE)) {
        if (!went.contains(priority.name()) && callers.goes(priority.name(), priority)) {
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
    callers.empty();
    callers.delay("other", Priority.SWEEP);
    callers.delay("a", Priority.SWEEP);

    // When
    double delay = callers.delay("a", Priority.WRITE);

    // Then
    assertThat(delay).isCloseTo(0.1, within(0.001));
    assertThat(limiter.waiting(Priority.SWEEP)).isEqualTo(1);
    assertThat(limiter.waiting(Priority.WRITE)).isEqualTo(1);
  }

  @Test
  void aPlaceThatNobodyComesForExpires() {
    // Given
    callers.empty();
    callers.delay("a", Priority.READ);

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
    callers.empty();
    for (int i = 0; i < 400; i++) {
      callers.delay("uid-" + i, Priority.READ);
    }
    assertThat(callers.delay("a", Priority.READ)).isCloseTo(40, within(0.2));

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
    callers.empty();
    for (int i = 0; i < 50; i++) {
      callers.delay("deleted-" + i, Priority.WRITE);
    }

    // When
    time.pass(5.3);
    boolean newcomer = callers.goes("a", Priority.SWEEP);

    // Then
    assertThat(newcomer).isTrue();
  }

  @Test
  void aPlaceCanBeGivenUp() {
    // Given
    callers.empty();
    callers.delay("a", Priority.READ);
    callers.delay("b", Priority.READ);

    // When
    limiter.forget(id("a"));
    limiter.forget(id("nobody"));

    // Then
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(1);
    assertThat(callers.delay("b", Priority.READ)).isCloseTo(0.1, within(0.001));
  }

  @Test
  void longWaitsLookInAgainWithinAMinuteAndNotAllAtOnce() {
    // Given
    callers.empty();
    List<Double> delays = new ArrayList<>();

    // When
    for (int i = 0; i < 10_000; i++) {
      delays.add(callers.delay("uid-" + i, Priority.READ));
    }

    // Then
    assertThat(delays).allMatch(delay -> delay <= 60);
    assertThat(delays.subList(1000, 10_000).stream().map(Double::intValue).distinct().count())
        .isEqualTo(30);
    assertThat(limiter.waiting(Priority.READ)).isEqualTo(10_000);
  }
}
