package dev.lambdaconfig.decision.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentionTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0,", "2,", "3,60", "4,120", "5,240", "8,1800", "10,1800"})
  void putsBackAtOnceThreeTimesThenAtGrowingIntervals(int times, Long pauseSeconds) {
    List<UpdateRecord> history =
        Stream.iterate(1, i -> i + 1).limit(times).map(i -> putBack(i, "timeout")).toList();

    Contention contention = in(history, 1, NOW, "timeout");

    assertThat(contention).isEqualTo(forTimeout(times, pauseSeconds, true));
  }

  /** The contention for the timeout, or null where no pause is expected. */
  private static @Nullable Contention forTimeout(
      int times, @Nullable Long pauseSeconds, boolean sameValue) {
    return pauseSeconds == null
        ? null
        : new Contention(
            List.of("timeout"),
            times,
            NOW.minusSeconds(times),
            new Pause(NOW.minusSeconds(1), Duration.ofSeconds(pauseSeconds)),
            sameValue);
  }

  @Test
  void namesJustTheFieldThatIsFoughtFor() {
    List<UpdateRecord> history =
        List.of(putBack(1, "timeout", "memorySize"), putBack(2, "timeout"), putBack(3, "timeout"));

    assertThat(in(history, 1, NOW, "memorySize", "timeout"))
        .extracting(Contention::fields)
        .isEqualTo(List.of("timeout"));
    assertThat(in(history, 1, NOW, "memorySize")).isNull();
  }

  @Test
  void forgetsWithAnotherSpecAndWithTime() {
    List<UpdateRecord> history =
        List.of(putBack(1, "timeout"), putBack(2, "timeout"), putBack(3, "timeout"));

    assertThat(in(history, 2, NOW, "timeout")).isNull();
    assertThat(in(history, 1, NOW.plus(Duration.ofHours(7)), "timeout")).isNull();
  }

  @Test
  void twoFieldsThatTakeTurnsAreFoughtForAsWell() {
    // Over an hour ago, where the bound for any value no longer counts them.
    List<UpdateRecord> history =
        List.of(
            putBack(4001, "timeout"),
            putBack(4002, "memorySize"),
            putBack(4003, "timeout"),
            putBack(4004, "memorySize"),
            putBack(4005, "timeout"),
            putBack(4006, "memorySize"));

    assertThat(in(history, 1, NOW, "memorySize", "timeout"))
        .isEqualTo(
            new Contention(
                List.of("memorySize", "timeout"),
                3,
                NOW.minusSeconds(4006),
                new Pause(NOW.minusSeconds(4002), Duration.ofMinutes(1)),
                true));
  }

  @Test
  void countsTheSameValueOnly() {
    List<UpdateRecord> history =
        List.of(
            putBack(10, "timeout"),
            putBack(20, "timeout"),
            putBack(30, "timeout"),
            putBack(40, "timeout"));
    DriftCorrections driftCorrections =
        DriftCorrections.NONE
            .with(NOW.minusSeconds(40), Map.of("timeout", 5))
            .with(NOW.minusSeconds(30), Map.of("timeout", 5))
            .with(NOW.minusSeconds(20), Map.of("timeout", 6))
            .with(NOW.minusSeconds(10), Map.of("timeout", 5));

    assertThat(
            Contention.in(
                new UpdateHistory(history), driftCorrections, Map.of("timeout", 5), 1, NOW))
        .extracting(Contention::times)
        .isEqualTo(3);
    assertThat(
            Contention.in(
                new UpdateHistory(history), driftCorrections, Map.of("timeout", 6), 1, NOW))
        .isNull();
    assertThat(
            Contention.in(
                new UpdateHistory(history), driftCorrections, Map.of("timeout", 7), 1, NOW))
        .isNull();
  }

  @Test
  void countsAfreshSinceTheFunctionWasDeployedAnew() {
    List<UpdateRecord> history =
        List.of(putBack(10, "timeout"), putBack(20, "timeout"), putBack(30, "timeout"));

    DriftCorrections since = DriftCorrections.since(NOW.minusSeconds(25));
    assertThat(Contention.in(new UpdateHistory(history), since, Map.of("timeout", 5), 1, NOW))
        .isNull();
    DriftCorrections before = DriftCorrections.since(NOW.minusSeconds(35));
    assertThat(Contention.in(new UpdateHistory(history), before, Map.of("timeout", 5), 1, NOW))
        .isNotNull();
  }

  /** Corrections of other values each time, or of a function that is deployed anew each time. */
  @Nested
  final class OfAnyValue {

    private static final Map<String, Integer> ANOTHER = Map.of("timeout", 99);

    @ParameterizedTest
    @CsvSource({"5,", "6,60", "7,120", "8,240", "10,960", "13,1800"})
    void correctsAtOnceSixTimesThenAtGrowingIntervals(int times, Long pauseSeconds) {
      List<UpdateRecord> history =
          Stream.iterate(1, i -> i + 1)
              .limit(times)
              .map(i -> putBack(i, i % 2 == 0 ? "timeout" : "memorySize"))
              .toList();

      Contention contention = inDeployedAnew(history, 1, NOW);

      assertThat(contention).isEqualTo(forTimeout(times, pauseSeconds, false));
      if (pauseSeconds != null) {
        assertThat(contention)
            .extracting(Contention::message)
            .asString()
            .startsWith("timeout differs again after " + times + " corrections of this function");
      }
    }

    @Test
    void forgetsWithAnotherSpecAndAfterAnHour() {
      List<UpdateRecord> history =
          Stream.iterate(1, i -> i + 1).limit(6).map(i -> putBack(i, "timeout")).toList();

      assertThat(inDeployedAnew(history, 1, NOW.plus(Duration.ofMinutes(59)))).isNotNull();
      assertThat(inDeployedAnew(history, 1, NOW.plus(Duration.ofHours(1)))).isNull();
      assertThat(inDeployedAnew(history, 2, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "DriftCorrected,Succeeded,true",
      "Retried,NotApplied,true",
      "Retried,Succeeded,true",
      "SpecChanged,Succeeded,false",
      "ValueChanged,Succeeded,false",
      "Retried,AccessDeniedException,false",
      "DriftCorrected,InProgress,false"
    })
    void countsRepetitionsThatAwsAccepted(String cause, String outcome, boolean counted) {
      UpdateRecord record =
          new UpdateRecord(NOW.toString(), List.of("timeout"), cause, 1L, "r", outcome, "s");

      assertThat(inDeployedAnew(Collections.nCopies(6, record), 1, NOW) != null).isEqualTo(counted);
    }

    @Test
    void theLongerWaitOfTheTwoBoundsCounts() {
      // Given: ten corrections, of which the last three were of the same value
      List<UpdateRecord> history =
          Stream.iterate(1, i -> i + 1).limit(10).map(i -> putBack(i, "timeout")).toList();
      DriftCorrections corrections = DriftCorrections.since(NOW.minusSeconds(3));

      // When
      Contention contention =
          Contention.in(new UpdateHistory(history), corrections, ANOTHER, 1, NOW);

      // Then
      assertThat(contention)
          .extracting(Contention::times, Contention::sameValue)
          .containsExactly(10, false);
    }

    private static @Nullable Contention inDeployedAnew(
        List<UpdateRecord> history, long generation, Instant now) {
      return Contention.in(
          new UpdateHistory(history), DriftCorrections.since(NOW), ANOTHER, generation, now);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2030-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "soon", ""})
  void aTimeThatIsYetToComeHoldsNothingBack(String time) {
    UpdateRecord record =
        new UpdateRecord(
            time, List.of("timeout"), "DriftCorrected", 1L, "r", UpdateHistory.SUCCEEDED, "s");

    assertThat(in(List.of(record, record, record), 1, NOW, "timeout")).isNull();
  }

  private static @Nullable Contention in(
      List<UpdateRecord> history, long generation, Instant now, String... differing) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (String field : differing) {
      values.put(field, 1);
    }
    return Contention.in(
        new UpdateHistory(history), DriftCorrections.NONE, values, generation, now);
  }

  private static UpdateRecord putBack(int secondsAgo, String... fields) {
    return new UpdateRecord(
        NOW.minusSeconds(secondsAgo).toString(),
        List.of(fields),
        Cause.DriftCorrected.name(),
        1L,
        "r",
        UpdateHistory.SUCCEEDED,
        "s");
  }
}
