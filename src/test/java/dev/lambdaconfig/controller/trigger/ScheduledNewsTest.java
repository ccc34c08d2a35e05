package dev.lambdaconfig.controller.trigger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.Requeue;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** News of a resource is passed on unless a reconcile begins that serves it. */
final class ScheduledNewsTest {

  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");
  private static final ResourceID MAIL = new ResourceID("mail", "team-a");
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofHours(1);

  private long now;
  private final WorkQueueAge queueAge = new WorkQueueAge(() -> now);
  private final RequeueTimer timer = new RequeueTimer(queueAge, System::nanoTime);
  private final BlockingQueue<ResourceID> triggered = new LinkedBlockingQueue<>();

  ScheduledNewsTest() {
    timer.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    timer.start();
  }

  @AfterEach
  void stop() {
    timer.stop();
  }

  private void begin() {
    assertThat(timer.begun(ORDERS)).isEqualTo(now);
  }

  /** Ends the running reconcile like {@link Triggers}. */
  private void end(Requeue requeue) {
    switch (requeue) {
      case Requeue.After(Duration delay) -> {
        queueAge.scheduled(ORDERS);
        timer.schedule(ORDERS, delay);
      }
      case Requeue.WhenGranted(Duration atTheLatest) -> timer.schedule(ORDERS, atTheLatest);
      case Requeue.OnEvent onEvent -> {
        queueAge.scheduled(ORDERS);
        timer.cancel(ORDERS);
      }
    }
    if (queueAge.ended(ORDERS)) {
      timer.trigger(ORDERS);
    }
  }

  /** Waits for a follow-up of later: one thread takes all of them, in the order of their times. */
  private void awaitWhatIsDue() {
    timer.schedule(MAIL, SOON.multipliedBy(2));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> triggered.remove(MAIL));
  }

  private ResourceID taken() throws InterruptedException {
    return requireNonNull(triggered.poll(30, TimeUnit.SECONDS));
  }

  @Nested
  final class NewsDuringAReconcile {

    @ParameterizedTest
    @MethodSource("dev.lambdaconfig.controller.trigger.ScheduledNewsTest#ends")
    void outlivesItsEnd(Requeue end) throws InterruptedException {
      // Given
      begin();
      timer.scheduleAtTheLatest(ORDERS, SOON.multipliedBy(100));

      // When
      end(end);

      // Then
      assertThat(taken()).isEqualTo(ORDERS);
    }

    @Test
    void isPassedOnWhereItIsDueBeforeTheEnd() throws InterruptedException {
      // Given
      begin();

      // When
      timer.scheduleAtTheLatest(ORDERS, SOON);

      // Then
      assertThat(taken()).isEqualTo(ORDERS);
    }

    @Test
    void outlivesAnEarlierFollowUpThatComesDueMeanwhile() throws InterruptedException {
      // Given
      timer.schedule(ORDERS, SOON);
      begin();
      timer.scheduleAtTheLatest(ORDERS, SOON.multipliedBy(200));
      awaitWhatIsDue();

      // When
      end(new Requeue.After(NEVER));

      // Then
      assertThat(taken()).isEqualTo(ORDERS);
    }
  }

  static List<Requeue> ends() {
    return List.of(new Requeue.After(NEVER), new Requeue.WhenGranted(NEVER), new Requeue.OnEvent());
  }

  @Test
  void aReconcileThatBeginsAfterNewsServesIt() {
    // Given
    timer.scheduleAtTheLatest(ORDERS, NEVER);

    // When
    begin();

    // Then: it costs no reconcile of its own
    assertThat(sizes()).containsEntry("RequeueTimer.news", 0L);
    end(new Requeue.OnEvent());
    assertThat(triggered).isEmpty();
  }

  @Test
  void ofSeveralNewsTheEarliestServesAll() throws InterruptedException {
    // Given
    timer.scheduleAtTheLatest(ORDERS, NEVER);

    // When
    for (int delay = 100; delay > 0; delay--) {
      timer.scheduleAtTheLatest(ORDERS, SOON.multipliedBy(delay));
    }

    // Then
    assertThat(taken()).isEqualTo(ORDERS);
    begin();
    end(new Requeue.OnEvent());
    assertThat(triggered).isEmpty();
    assertThat(sizes()).containsEntry("RequeueTimer.news", 0L);
  }

  @Test
  void newsThatIsTooEarlyIsServedByNoReconcileBeforeItsTime() throws InterruptedException {
    // Given
    timer.scheduleNotBefore(ORDERS, SOON.multipliedBy(100));

    // When
    begin();
    end(new Requeue.OnEvent());

    // Then
    assertThat(taken()).isEqualTo(ORDERS);
    assertThat(sizes()).containsEntry("RequeueTimer.news", 0L);
  }

  @Test
  void ofNewsThatIsTooEarlyTheLastTimeCounts() throws InterruptedException {
    // Given: a timer that has not started
    RequeueTimer later = new RequeueTimer(queueAge, () -> now);
    later.setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID()));
    later.scheduleNotBefore(ORDERS, SOON);

    // When
    later.scheduleNotBefore(ORDERS, SOON.multipliedBy(3));
    later.scheduleNotBefore(MAIL, SOON.multipliedBy(2));
    now += SOON.multipliedBy(3).toNanos();
    later.start();

    // Then
    assertThat(List.of(taken(), taken())).containsExactly(MAIL, ORDERS);
    later.stop();
  }

  @Test
  void newsLeavesTheFollowUpAsItIs() throws InterruptedException {
    // Given
    timer.schedule(ORDERS, NEVER);

    // When
    timer.scheduleAtTheLatest(ORDERS, SOON);

    // Then
    assertThat(taken()).isEqualTo(ORDERS);
    assertThat(sizes()).containsEntry("RequeueTimer.followUps", 1L);
  }

  @Test
  void aNameThatIsForgottenLeavesNothing() {
    // Given
    timer.schedule(ORDERS, NEVER);
    timer.scheduleAtTheLatest(ORDERS, NEVER);
    timer.scheduleNotBefore(ORDERS, NEVER);

    // When
    timer.forget(ORDERS);

    // Then
    assertThat(sizes().values()).containsOnly(0L);
  }

  @Test
  void newsThatTheFrameworkRefusedIsTriedAgain() {
    // Given
    timer.setEventHandler(
        event -> {
          triggered.add(event.getRelatedCustomResourceID());
          throw new IllegalStateException("refused");
        });

    // When
    timer.scheduleAtTheLatest(ORDERS, SOON);

    // Then
    Awaitility.await("another attempt in half a minute")
        .untilAsserted(
            () -> {
              assertThat(triggered).containsExactly(ORDERS);
              assertThat(sizes()).containsEntry("RequeueTimer.news", 1L);
            });
  }

  private Map<String, Long> sizes() {
    StateSizes sizes = new StateSizes();
    timer.sizes(sizes);
    return sizes.byName();
  }
}
