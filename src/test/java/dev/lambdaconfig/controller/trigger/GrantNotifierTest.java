package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that the rate limiter defers, and when they are triggered. */
final class GrantNotifierTest {

  private static final Target FUNCTION = new Target("eu-west-1", "fn");

  private final AtomicLong nanos = new AtomicLong();
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new CallLimits(10),
          nanos::get,
          RateLimitedLambda.Listeners.NONE);
  private final BlockingQueue<String> triggered = new LinkedBlockingQueue<>();

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> null);

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void nothingIsScheduledAsLongAsNobodyWaits() {
    // Given
    notifier();

    // When
    Reservation reservation = lambda.reserveUpdate("a", FUNCTION);

    // Then
    assertThat(reservation).isInstanceOf(Reservation.Granted.class);
    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void manyWaitersAreNotifiedByOneTask() {
    // Given
    notifier();

    // When
    isDeferred("a");
    isDeferred("b");

    // Then
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void aDeferredCallerIsTriggeredWhenItsCallWouldBeGranted() {
    // Given
    notifier();
    isDeferred("a");
    runScheduled();
    assertThat(triggered).isEmpty();

    // When
    pass(Duration.ofMillis(110));
    runScheduled();

    // Then
    assertThat(triggered).containsExactly("a");
    assertThat(lambda.reserveUpdate("a", FUNCTION)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void eachIsTriggeredOnceAndInOrder() {
    // Given
    notifier();
    isDeferred("a");
    isDeferred("b");

    // When
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofMillis(110));
      runScheduled();
    }

    // Then
    assertThat(triggered).containsExactly("a", "b");
  }

  @Test
  void nothingIsScheduledAfterTheLastCallerCame() {
    // Given
    notifier();
    isDeferred("a");
    pass(Duration.ofMillis(110));
    runScheduled();
    lambda.reserveUpdate("a", FUNCTION);

    // When
    runScheduled();

    // Then
    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void theNextCallerThatIsDeferredBeginsAnew() {
    // Given
    notifier();
    isDeferred("a");
    lambda.forget("a");
    runScheduled();

    // When
    isDeferred("b");

    // Then
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void aCallerThatCannotBeTriggeredCostsNoOtherItsTurn() {
    // Given
    new GrantNotifier(
        lambda,
        uid -> {
          triggered.add(uid);
          throw new StackOverflowError("of " + uid);
        },
        timer);
    isDeferred("a");
    isDeferred("b", new Target("us-east-1", "fn"));

    // When: both are due at the same time
    pass(Duration.ofMillis(110));
    runScheduled();

    // Then
    assertThat(triggered).containsExactlyInAnyOrder("a", "b");
    assertThat(timer.getQueue()).hasSize(1);
  }

  @Test
  void callersMayStillBeDeferredAfterTheEnd() {
    // Given
    notifier().close();

    // Then
    assertThatCode(() -> isDeferred("a")).doesNotThrowAnyException();
    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void theTimerOfTheOperatorRunsByItself() throws InterruptedException {
    // Given
    GrantNotifier notifier = new GrantNotifier(lambda, triggered::add);
    isDeferred("a");

    // When
    pass(Duration.ofMillis(110));

    // Then
    assertThat(triggered.poll(60, TimeUnit.SECONDS)).isEqualTo("a");
    notifier.close();
  }

  private GrantNotifier notifier() {
    return new GrantNotifier(lambda, triggered::add, timer);
  }

  private void isDeferred(String uid) {
    isDeferred(uid, FUNCTION);
  }

  /** Updates until the quota is used up, and the caller has to wait. */
  private void isDeferred(String uid, Target function) {
    while (lambda.reserveUpdate(uid, function) instanceof Reservation.Granted granted) {
      lambda.update(granted, function, new TreeMap<>(), "r1");
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void runScheduled() {
    Runnable task = Objects.requireNonNull(timer.getQueue().peek());
    timer.remove(task);
    task.run();
  }
}
