package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

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
    Aws aws = new Aws(15, 14);
    endless(aws, Priority.WRITE, 200);
    aws.endless("sweep", priority);

    // When
    aws.world.pass(300);

    // Then
    assertThat(aws.answered(priority) / CALLS).isBetween(0.09, 0.12);
    assertThat(aws.answered() / CALLS).isGreaterThan(0.98);
  }

  @Test
  void eachGetsATenthWhereAllAreEndless() {
    // Given
    Aws aws = new Aws(15, 14);
    for (Priority priority : Priority.values()) {
      endless(aws, priority, 100);
    }

    // When
    aws.world.pass(300);

    // Then
    assertThat(aws.answered(Priority.WRITE) / CALLS).isGreaterThan(0.66);
    assertThat(aws.answered(Priority.READ) / CALLS).isBetween(0.09, 0.13);
    assertThat(aws.answered(Priority.SETTLE) / CALLS).isBetween(0.09, 0.13);
    assertThat(aws.answered(Priority.SWEEP) / CALLS).isBetween(0.09, 0.13);
    assertThat(aws.answered() / CALLS).isGreaterThan(0.98);
  }

  @Test
  void whatNobodyMoreUrgentWantsIsForSweeps() {
    // Given
    Aws aws = new Aws(15, 14);
    endless(aws, Priority.SWEEP, 50);

    // When
    aws.world.pass(300);

    // Then
    assertThat(aws.answered(Priority.SWEEP) / CALLS).isGreaterThan(0.98);
  }

  @Test
  void aWriteOvertakesAThousandReads() {
    // Given
    Aws aws = new Aws(15, 14);
    endless(aws, Priority.READ, 1000);
    aws.world.pass(30);

    // When
    aws.caller("write", Priority.WRITE);
    aws.world.pass(0.5);

    // Then
    assertThat(aws.answered(Priority.WRITE)).isEqualTo(1);
  }

  private static void endless(Aws aws, Priority priority, int callers) {
    for (int i = 0; i < callers; i++) {
      aws.endless(priority + "-" + i, priority);
    }
  }
}
