package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.decision.Requeue;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which triggers reach the framework: each that does is a reconcile, and so a read. */
final class RequeueTimerTest {

  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofHours(1);

  private long now;
  private final WorkQueueAge queueAge = new WorkQueueAge(() -> now);
  private final RequeueTimer timer = new RequeueTimer(queueAge, System::nanoTime);
  private final BlockingQueue<ResourceID> triggered = new LinkedBlockingQueue<>();

  RequeueTimerTest() {
    timer.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    timer.start();
  }

  @AfterEach
  void stop() {
    timer.stop();
  }

  /** Ends the running reconcile like {@link Triggers}. */
  private void end(Requeue requeue) {
    if (!(requeue instanceof Requeue.WhenGranted)) {
      queueAge.scheduled(ORDERS);
    }
    if (queueAge.ended(ORDERS)) {
      timer.trigger(ORDERS);
    }
  }

  @Test
  void aReconcileThatWaitsToBeginServesAllTriggers() {
    // Given
    timer.trigger(ORDERS);

    // When
    timer.trigger(ORDERS);
    timer.granted(ORDERS);

    // Then
    assertThat(triggered).containsExactly(ORDERS);
  }

  @Test
  void aTriggerDuringAReconcileIsPassedOn() {
    // Given: what it is about may have happened after the reconcile looked
    timer.trigger(ORDERS);
    queueAge.begun(ORDERS);

    // When
    timer.trigger(ORDERS);

    // Then
    assertThat(triggered).containsExactly(ORDERS, ORDERS);
  }

  @Test
  void aGrantDuringAReconcileThatMakesTheCallIsNotPassedOn() {
    // Given
    timer.trigger(ORDERS);
    queueAge.begun(ORDERS);

    // When
    timer.granted(ORDERS);
    end(new Requeue.After(NEVER));

    // Then
    assertThat(triggered).containsExactly(ORDERS);
  }

  @Test
  void aGrantDuringAReconcileThatGoesOnWaitingIsPassedOnAtItsEnd() {
    // Given
    timer.trigger(ORDERS);
    queueAge.begun(ORDERS);
    timer.granted(ORDERS);
    assertThat(triggered).containsExactly(ORDERS);

    // When
    end(new Requeue.WhenGranted(NEVER));

    // Then
    assertThat(triggered).containsExactly(ORDERS, ORDERS);
  }

  @Test
  void aDueTimeDuringAReconcileIsNotPassedOnWhereItSetsTheNextOne() throws InterruptedException {
    // Given
    queueAge.begun(ORDERS);
    ResourceID mail = new ResourceID("mail", "team-a");

    // When
    timer.schedule(ORDERS, SOON);
    timer.schedule(mail, SOON.multipliedBy(2));

    // Then: the timer has one thread, so the first one has become due before the second
    assertThat(triggered.poll(30, TimeUnit.SECONDS)).isEqualTo(mail);
    end(new Requeue.OnEvent());
    assertThat(triggered).isEmpty();
  }

  @Test
  void aDueTimeDuringAReconcileThatFailsIsPassedOnAtItsEnd() throws InterruptedException {
    // Given
    queueAge.begun(ORDERS);
    ResourceID mail = new ResourceID("mail", "team-a");
    timer.schedule(ORDERS, SOON);
    timer.schedule(mail, SOON.multipliedBy(2));
    assertThat(triggered.poll(30, TimeUnit.SECONDS)).isEqualTo(mail);

    // When: an error ends it before it has set the time of the next
    if (queueAge.ended(ORDERS)) {
      timer.trigger(ORDERS);
    }

    // Then
    assertThat(triggered).containsExactly(ORDERS);
  }

  @Test
  void aTriggerIsPassedOnAgainWhereTheFirstOneMayBeLost() {
    // Given
    timer.trigger(ORDERS);
    now += Duration.ofMinutes(1).toNanos() + 1;

    // When
    timer.trigger(ORDERS);

    // Then
    assertThat(triggered).containsExactly(ORDERS, ORDERS);
  }

  @Test
  void aTriggerThatTheFrameworkRefusedIsNotWaitedFor() {
    // Given
    List<ResourceID> offered = new ArrayList<>();
    timer.setEventHandler(
        event -> {
          offered.add(event.getRelatedCustomResourceID());
          throw new IllegalStateException("refused");
        });
    assertThatThrownBy(() -> timer.trigger(ORDERS)).isInstanceOf(IllegalStateException.class);

    // When
    assertThatThrownBy(() -> timer.trigger(ORDERS)).isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(offered).containsExactly(ORDERS, ORDERS);
  }
}
