package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentionTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0,", "2,", "3,60", "4,120", "5,240", "8,1800", "10,1800"})
  void putsBackAtOnceThreeTimesThenAtGrowingIntervals(int times, Long pauseSeconds) {
    List<UpdateRecord> history =
        Stream.iterate(1, i -> i + 1).limit(times).map(i -> putBack(i, "timeout")).toList();

    Contention contention = Contention.in(history, List.of("timeout"), 1, NOW);

    if (pauseSeconds == null) {
      assertThat(contention).isNull();
    } else {
      assertThat(contention)
          .isEqualTo(
              new Contention(
                  List.of("timeout"), times, NOW.minusSeconds(1).plusSeconds(pauseSeconds)));
    }
  }

  @Test
  void namesJustTheFieldThatIsFoughtFor() {
    List<UpdateRecord> history =
        List.of(putBack(1, "timeout", "memorySize"), putBack(2, "timeout"), putBack(3, "timeout"));

    assertThat(Contention.in(history, List.of("memorySize", "timeout"), 1, NOW))
        .extracting(Contention::fields)
        .isEqualTo(List.of("timeout"));
    assertThat(Contention.in(history, List.of("memorySize"), 1, NOW)).isNull();
  }

  @Test
  void forgetsWithAnotherSpecAndWithTime() {
    List<UpdateRecord> history =
        List.of(putBack(1, "timeout"), putBack(2, "timeout"), putBack(3, "timeout"));

    assertThat(Contention.in(history, List.of("timeout"), 2, NOW)).isNull();
    assertThat(Contention.in(history, List.of("timeout"), 1, NOW.plus(Duration.ofHours(7))))
        .isNull();
  }

  private static UpdateRecord putBack(int secondsAgo, String... fields) {
    return new UpdateRecord(
        NOW.minusSeconds(secondsAgo).toString(),
        List.of(fields),
        Cause.DriftCorrected.name(),
        1L,
        "r",
        Records.SUCCEEDED,
        "s");
  }
}
