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
}
