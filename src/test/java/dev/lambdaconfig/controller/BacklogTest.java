package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which pass has not ended, and for how long. */
final class BacklogTest {

  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");
  private static final ResourceID MAIL = new ResourceID("mail", "team-a");

  private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
  private final Backlog backlog = new Backlog(() -> now);

  private void after(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private long oldest() {
    return backlog.oldest(id -> true).toSeconds();
  }

  @Test
  void aPassThatRunsAges() {
    // Given
    backlog.begun(ORDERS);
    after(7);
    backlog.begun(MAIL);
    after(3);
    assertThat(oldest()).isEqualTo(10);

    // When
    backlog.ended(ORDERS);

    // Then
    assertThat(oldest()).isEqualTo(3);
    assertThat(backlog.longestRunning()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aPassThatIsAskedForAndNeverBeginsAges() {
    // Given
    backlog.asked(ORDERS);
    after(40);

    // When
    backlog.asked(ORDERS);

    // Then
    after(50);
    assertThat(oldest()).as("since it was first asked for").isEqualTo(90);
    assertThat(backlog.longestRunning()).as("nothing runs").isZero();
  }

  @Test
  void aPassThatBeginsIsNoLongerAskedFor() {
    // Given
    backlog.asked(ORDERS);
    after(40);

    // When
    backlog.begun(ORDERS);
    backlog.ended(ORDERS);

    // Then
    after(10);
    assertThat(oldest()).isZero();
  }

  @Test
  void whatIsAskedForDuringAPassIsAskedForStill() {
    // Given
    backlog.begun(ORDERS);
    after(1);

    // When
    backlog.asked(ORDERS);
    backlog.ended(ORDERS);

    // Then
    after(4);
    assertThat(oldest()).isEqualTo(4);
  }

  @Test
  void aResourceThatIsGoneHoldsNobodyUp() {
    // Given
    backlog.asked(ORDERS);
    backlog.asked(MAIL);

    // When
    backlog.forget(ORDERS);
    after(61);

    // Then
    assertThat(backlog.oldest(MAIL::equals)).isEqualTo(Duration.ofSeconds(61));
    assertThat(backlog.oldest(id -> false)).isZero();
    assertThat(oldest()).as("it does not come back").isZero();
  }

  private long notBegun() {
    return backlog.longestNotBegun(id -> true).toSeconds();
  }

  @Test
  void whileNothingBeginsWhatIsAskedForIsStuck() {
    // Given: at rest for an hour.
    after(3600);
    backlog.asked(ORDERS);
    assertThat(notBegun()).isZero();

    // When
    after(900);

    // Then
    assertThat(notBegun()).isEqualTo(900);
  }

  @Test
  void aLongQueueThatMovesIsNotStuck() {
    // Given: each pass takes a minute, and each was asked for an hour before it begins.
    for (int i = 0; i < 200; i++) {
      backlog.asked(new ResourceID("r-" + i, "team-a"));
    }
    after(3600);

    // When
    for (int i = 0; i < 100; i++) {
      ResourceID next = new ResourceID("r-" + i, "team-a");
      backlog.begun(next);
      after(60);
      backlog.ended(next);
      backlog.asked(next);

      // Then
      assertThat(notBegun()).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void aResourceThatAllOthersOvertakeIsStuck() {
    // Given
    backlog.asked(ORDERS);

    // When: another one has a pass each minute.
    for (int i = 0; i < 20; i++) {
      after(60);
      backlog.asked(MAIL);
      backlog.begun(MAIL);
      backlog.ended(MAIL);
    }

    // Then
    assertThat(notBegun()).isEqualTo(1200);
    assertThat(backlog.longestNotBegun(id -> !id.equals(ORDERS))).as("it is gone").isZero();
  }
}
