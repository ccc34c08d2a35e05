package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a status that somebody else changes again and again is put right. */
final class ForeignStatusesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final ForeignStatuses foreign = new ForeignStatuses(nanos::get);

  @Test
  void ofSeveralChangesTheStatusBeforeTheFirstIsTheTruth() {
    // Given
    LambdaFunctionConfigStatus first = new LambdaFunctionConfigStatus();

    // When
    changed(first, "7");
    changed(null, "8");

    // Then
    assertThat(foreign.truth("a")).isEqualTo(new ForeignStatuses.Truth(first, "8"));
  }

  @Test
  void aChangeBeforeAnAnswerIsSettledByIt() {
    // Given
    changed(null, "7");

    // When
    foreign.settled("a", null, answer("7"));

    // Then
    assertThat(foreign.truth("a")).isNull();
  }

  @Test
  void aChangeAfterAnAnswerStaysWithTheStatusOfTheAnswer() {
    // Given
    changed(new LambdaFunctionConfigStatus(), "7");
    ForeignStatuses.Truth before = foreign.truth("a");
    changed(null, "9");

    // When
    foreign.settled("a", before, answer("8"));

    // Then
    assertThat(foreign.truth("a")).isEqualTo(new ForeignStatuses.Truth(null, "9"));
    foreign.settled("a", null, answer("10"));
    assertThat(foreign.truth("a")).isNull();
  }

  @Test
  void ofVersionsThatAreNoNumbersTheOrderOfWhatWasSeenCounts() {
    // Given
    changed(null, "x");
    ForeignStatuses.Truth before = foreign.truth("a");

    // When
    changed(null, "y");
    foreign.settled("a", before, answer("z"));

    // Then
    ForeignStatuses.Truth kept = foreign.truth("a");
    assertThat(kept).isNotNull();
    foreign.settled("a", kept, answer("z"));
    assertThat(foreign.truth("a")).isNull();
  }

  private void changed(@Nullable LambdaFunctionConfigStatus before, String version) {
    foreign.changed("a", new ForeignStatuses.Truth(before, version));
  }

  private static StatusStore.Known answer(String version) {
    return new StatusStore.Known(null, version);
  }

  @Test
  void aForgerThatGoesOnIsAnsweredADozenTimesAnHour() {
    // When: each correction comes as soon as it may
    int corrections = 0;
    while (nanos.get() < Duration.ofHours(1).toNanos()) {
      nanos.addAndGet(foreign.delay("a").toNanos());
      foreign.correcting("a", "team/a", Set.of("backup-tool"));
      corrections++;
    }

    // Then
    assertThat(corrections).isBetween(10, 25);
    assertThat(foreign.delay("a")).isEqualTo(Duration.ofMinutes(5));
    assertThat(foreign.delay("b")).isZero();
  }

  @Test
  void aStatusThatWasLeftAloneIsPutRightAtOnceAgain() {
    // Given
    for (int i = 0; i < 5; i++) {
      foreign.correcting("a", "team/a", Set.of("backup-tool"));
    }
    assertThat(foreign.delay("a")).isPositive();

    // When
    nanos.addAndGet(Duration.ofMinutes(16).toNanos());

    // Then
    assertThat(foreign.delay("a")).isZero();
    foreign.correcting("a", "team/a", Set.of("backup-tool"));
    assertThat(foreign.delay("a")).isEqualTo(Duration.ofSeconds(1));
  }
}
