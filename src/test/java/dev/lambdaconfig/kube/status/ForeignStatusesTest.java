package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a status that somebody else changes again and again is put right. */
final class ForeignStatusesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final ForeignStatuses foreign = new ForeignStatuses(nanos::get);

  @Test
  void ofSeveralChangesTheStatusBeforeTheFirstIsTheTruth() {
    // Given
    ForeignStatuses.Truth first = new ForeignStatuses.Truth(new LambdaFunctionConfigStatus());

    // When
    foreign.changed("a", first);
    foreign.changed("a", new ForeignStatuses.Truth(null));

    // Then
    assertThat(foreign.truth("a")).isSameAs(first);
    foreign.settled("a");
    assertThat(foreign.truth("a")).isNull();
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
