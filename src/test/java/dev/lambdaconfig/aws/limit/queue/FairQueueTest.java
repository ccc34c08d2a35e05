package dev.lambdaconfig.aws.limit.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FairQueueTest {

  private final FairQueue queue = new FairQueue();

  @Test
  void thoseWhoAreOwedACallGoFirstTheMoreUrgentOfThemBefore() {
    // Given
    Waiter write = due(Priority.WRITE);
    Waiter read = due(Priority.READ);
    Waiter settle = due(Priority.SETTLE);
    Waiter sweep = due(Priority.SWEEP);

    // When
    for (int i = 0; i < PriorityLevel.SHARE; i++) {
      queue.granted(Priority.WRITE);
    }

    // Then
    assertThat(before(read)).isEqualTo(0);
    assertThat(before(settle)).isEqualTo(1);
    assertThat(before(sweep)).isEqualTo(2);
    assertThat(before(write)).isEqualTo(3);
    assertThat(queue.ownedBefore(null, Priority.SWEEP, 0, 0, 9))
        .as("before a newcomer")
        .isEqualTo(4);
  }

  @Test
  void whoIsOwedNothingWaitsForTheMoreUrgent() {
    // Given
    Waiter write = due(Priority.WRITE);
    Waiter sweep = due(Priority.SWEEP);

    // When
    for (int i = 0; i < PriorityLevel.SHARE - 1; i++) {
      queue.granted(Priority.WRITE);
    }

    // Then
    assertThat(before(write)).isEqualTo(0);
    assertThat(before(sweep)).isEqualTo(1);
  }

  @Test
  void aNewcomerOvertakesNoWaiterByWhatItsPriorityIsOwed() {
    // Given
    due(Priority.WRITE);

    // When
    for (int i = 0; i < PriorityLevel.SHARE; i++) {
      queue.granted(Priority.WRITE);
    }

    // Then
    assertThat(queue.ownedBefore(null, Priority.SWEEP, 0, 0, 9)).isEqualTo(1);
  }

  private Waiter due(Priority priority) {
    Waiter waiter = queue.join(WaiterId.read(priority.name()), priority, 0);
    waiter.defer(0, 0);
    return waiter;
  }

  private int before(Waiter waiter) {
    return queue.ownedBefore(waiter, waiter.priority, 0, 0, 9);
  }
}
