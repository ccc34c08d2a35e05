package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The age of reconciles that were triggered or run, and have not ended. */
final class WorkQueueAgeTest {

  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");
  private static final ResourceID MAIL = new ResourceID("mail", "team-a");

  private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
  private final WorkQueueAge queueAge = new WorkQueueAge(() -> now);

  private void after(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private long oldest() {
    return queueAge.oldest(id -> true).toSeconds();
  }

  @Test
  void aReconcileThatRunsAges() {
    // Given
    queueAge.begun(ORDERS);
    after(7);
    queueAge.begun(MAIL);
    after(3);
    assertThat(oldest()).isEqualTo(10);

    // When
    queueAge.ended(ORDERS);

    // Then
    assertThat(oldest()).isEqualTo(3);
    assertThat(queueAge.longestRunning()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aTriggeredReconcileThatNeverBeginsAges() {
    // Given
    queueAge.triggered(ORDERS);
    after(40);

    // When
    queueAge.triggered(ORDERS);

    // Then
    after(50);
    assertThat(oldest()).as("since it was first triggered").isEqualTo(90);
    assertThat(queueAge.longestRunning()).as("nothing runs").isZero();
  }

  @Test
  void aReconcileThatBeginsServesItsTrigger() {
    // Given
    queueAge.triggered(ORDERS);
    after(40);

    // When
    queueAge.begun(ORDERS);
    queueAge.ended(ORDERS);

    // Then
    after(10);
    assertThat(oldest()).isZero();
  }

  @Test
  void aTriggerDuringAReconcileStaysOpen() {
    // Given
    queueAge.begun(ORDERS);
    after(1);

    // When
    queueAge.triggered(ORDERS);
    queueAge.ended(ORDERS);

    // Then
    after(4);
    assertThat(oldest()).isEqualTo(4);
  }

  @Test
  void aResourceThatIsGoneDoesNotAge() {
    // Given
    queueAge.triggered(ORDERS);
    queueAge.triggered(MAIL);

    // When
    queueAge.forget(ORDERS);
    after(61);

    // Then
    assertThat(queueAge.oldest(MAIL::equals)).isEqualTo(Duration.ofSeconds(61));
    assertThat(queueAge.oldest(id -> false)).isZero();
    assertThat(oldest()).as("it does not come back").isZero();
  }

  private long notBegun() {
    return queueAge.longestNotBegun(id -> true).toSeconds();
  }

  @Test
  void aTriggeredReconcileIsStuckWhileNoneBegins() {
    // Given: at rest for an hour.
    after(3600);
    queueAge.triggered(ORDERS);
    assertThat(notBegun()).isZero();

    // When
    after(900);

    // Then
    assertThat(notBegun()).isEqualTo(900);
  }

  @Test
  void aLongQueueThatMovesIsNotStuck() {
    // Given: each reconcile takes a minute, and each was triggered an hour before it begins.
    for (int i = 0; i < 200; i++) {
      queueAge.triggered(new ResourceID("r-" + i, "team-a"));
    }
    after(3600);

    // When
    for (int i = 0; i < 100; i++) {
      ResourceID next = new ResourceID("r-" + i, "team-a");
      queueAge.begun(next);
      after(60);
      queueAge.ended(next);
      queueAge.triggered(next);

      // Then
      assertThat(notBegun()).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void aResourceThatAllOthersOvertakeIsStuck() {
    // Given
    queueAge.triggered(ORDERS);

    // When: another one is reconciled each minute.
    for (int i = 0; i < 20; i++) {
      after(60);
      queueAge.triggered(MAIL);
      queueAge.begun(MAIL);
      queueAge.ended(MAIL);
    }

    // Then
    assertThat(notBegun()).isEqualTo(1200);
    assertThat(queueAge.longestNotBegun(id -> !id.equals(ORDERS))).as("it is gone").isZero();
  }
}
