package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets how much while others are endless. */
final class ShareTest {

  private static final double CALLS = 14 * 300;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRITE")
  void aTenthIsLeftByEndlessWrites(Priority priority) {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    endless(quota, Priority.WRITE, 200);
    quota.endless("sweep", priority);

    // When
    quota.time.pass(300);

    // Then
    assertThat(quota.answered(priority) / CALLS).isBetween(0.09, 0.12);
    assertThat(quota.answered() / CALLS).isGreaterThan(0.98);
  }

  @Test
  void eachGetsATenthWhereAllAreEndless() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    for (Priority priority : Priority.values()) {
      endless(quota, priority, 100);
    }

    // When
    quota.time.pass(300);

    // Then
    assertThat(quota.answered(Priority.WRITE) / CALLS).isGreaterThan(0.56);
    assertThat(quota.answered(Priority.READ) / CALLS).isBetween(0.09, 0.13);
    assertThat(quota.answered(Priority.SETTLE) / CALLS).isBetween(0.09, 0.13);
    assertThat(quota.answered(Priority.LIST) / CALLS).isBetween(0.09, 0.13);
    assertThat(quota.answered(Priority.SWEEP) / CALLS).isBetween(0.09, 0.13);
    assertThat(quota.answered() / CALLS).isGreaterThan(0.98);
  }

  @Test
  void whatNobodyMoreUrgentWantsIsForSweeps() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    endless(quota, Priority.SWEEP, 50);

    // When
    quota.time.pass(300);

    // Then
    assertThat(quota.answered(Priority.SWEEP) / CALLS).isGreaterThan(0.98);
  }

  @Test
  void aWriteOvertakesAThousandReads() {
    // Given
    FakeQuota quota = new FakeQuota(15, 14);
    endless(quota, Priority.READ, 1000);
    quota.time.pass(30);

    // When
    quota.caller("write", Priority.WRITE);
    quota.time.pass(0.5);

    // Then
    assertThat(quota.answered(Priority.WRITE)).isEqualTo(1);
  }

  private static void endless(FakeQuota quota, Priority priority, int callers) {
    for (int i = 0; i < callers; i++) {
      quota.endless(priority + "-" + i, priority);
    }
  }
}
