package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures that open the breaker of a namespace, and the pause that follows. */
final class OpenBreakerTest {

  private final OneNamespace team = new OneNamespace();

  @Test
  void fiveResourcesThatFailAlikePauseTheOthers() {
    // When
    List<Optional<Trip>> pauses =
        IntStream.range(0, 6).mapToObj(i -> team.ended("uid-" + i, OneNamespace.CODE)).toList();

    // Then
    Trip pause = new Trip(OneNamespace.CODE, OneNamespace.CODE, 5, 5, Duration.ofMinutes(5));
    assertThat(pauses.subList(0, 4)).allMatch(Optional::isEmpty);
    assertThat(pauses.get(4)).as("reported once").contains(pause);
    assertThat(pauses.get(5)).isEmpty();
    assertThat(team.paused("observer").pause()).isEqualTo(pause);
    assertThat(team.mayUpdate("other", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void oneResourceThatFailsAgainAndAgainPausesNobody() {
    // When
    for (int i = 0; i < 50; i++) {
      team.ended("uid", OneNamespace.CODE);
    }

    // Then
    assertThat(team.isPaused()).isFalse();
  }

  @Test
  void differentFailuresDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      team.ended("uid-" + i, "Code" + i % 5);
    }

    // Then
    assertThat(team.isPaused()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void failuresAmongAsManySuccessesDoNotCount(int failures) {
    // Given
    for (int i = 0; i < 20 - failures; i++) {
      team.ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < failures; i++) {
      team.ended("bad-" + i, OneNamespace.CODE);
    }

    // Then
    assertThat(team.isPaused()).isEqualTo(failures >= 10);
  }

  @Test
  void onlyTheLastTwentyCount() {
    // Given
    for (int i = 0; i < 1000; i++) {
      team.ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < 10; i++) {
      team.ended("bad-" + i, OneNamespace.CODE);
    }

    // Then
    assertThat(team.paused("observer").pause())
        .isEqualTo(new Trip(OneNamespace.CODE, OneNamespace.CODE, 10, 20, Duration.ofMinutes(5)));
  }

  @Test
  void aResourceThatWasMendedCountsNoLonger() {
    // When
    for (int i = 0; i < 10; i++) {
      team.ended("uid-" + i, OneNamespace.CODE);
      team.ended("uid-" + i, null);
    }

    // Then
    assertThat(team.isPaused()).isFalse();
  }

  @Test
  void failuresOfAnotherHourDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      team.ended("uid-" + i, OneNamespace.CODE);
      team.pass(Duration.ofMinutes(6));
    }

    // Then
    assertThat(team.isPaused()).isFalse();
  }

  @Test
  void thoseHeldBackWaitForTheRestAndNotAllEquallyLong() {
    // Given
    team.trip();
    team.pass(Duration.ofMinutes(2));

    // When
    List<Duration> delays =
        IntStream.range(0, 100).mapToObj(i -> team.paused("other-" + i).delay()).toList();

    // Then
    assertThat(delays).allMatch(d -> d.toSeconds() >= 180 && d.toSeconds() <= 210);
    assertThat(delays.stream().map(Duration::toSeconds).distinct().count()).isGreaterThan(20);
  }

  @Test
  void nothingInThePauseChangesWhileItLasts() {
    // Given
    team.trip();
    Trip before = team.paused("other").pause();

    // When
    team.pass(Duration.ofMinutes(4));
    team.ended("straggler", OneNamespace.CODE);
    team.ended("another straggler", null);

    // Then
    assertThat(team.paused("other").pause()).isEqualTo(before);
    assertThat(team.paused("observer").pause()).isEqualTo(before);
  }
}
