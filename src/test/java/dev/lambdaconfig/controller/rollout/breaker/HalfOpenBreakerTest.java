package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The end of a pause: one update tries for all, or a person resumes them. */
final class HalfOpenBreakerTest {

  private final OneNamespace team = new OneNamespace();

  @Test
  void afterThePauseOneTriesForAll() {
    // Given
    team.trip();

    // When
    team.pass(Duration.ofMinutes(5));
    Admission first = team.mayUpdate("probe", false);

    // Then
    assertThat(first).isEqualTo(new Admission.Go());
    assertThat(team.mayUpdate("probe", false)).as("asks again").isEqualTo(new Admission.Go());
    assertThat(team.paused("other").delay())
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(35));
  }

  @Test
  void aSuccessLetsAllGoOnSlowly() {
    // Given
    team.trip();
    team.pass(Duration.ofMinutes(5));
    team.probe("probe", null);

    // When
    Set<String> gone = team.go("uid-", 100);

    // Then
    assertThat(team.isPaused()).isFalse();
    assertThat(gone).hasSize(10);
  }

  @Test
  void afterASuccessOldFailuresCountNoLonger() {
    // Given
    team.trip();
    team.pass(Duration.ofMinutes(5));
    team.probe("probe", null);

    // When
    for (int i = 0; i < 4; i++) {
      team.ended("again-" + i, OneNamespace.CODE);
    }
    Optional<Trip> fifth = team.ended("again-5", OneNamespace.CODE);

    // Then
    assertThat(fifth)
        .as("anew")
        .contains(new Trip(OneNamespace.CODE, OneNamespace.CODE, 5, 5, Duration.ofMinutes(5)));
  }

  @Test
  void theSameFailurePausesTwiceAsLongUpToAnHour() {
    // Given
    List<Long> minutes = new ArrayList<>();
    Optional<Trip> pause = team.trip();

    // When
    for (int i = 0; i < 6; i++) {
      Duration length = pause.orElseThrow().length();
      minutes.add(length.toMinutes());
      team.pass(length);
      pause = team.probe("probe-" + i, OneNamespace.CODE);
    }

    // Then
    assertThat(minutes).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    assertThat(pause)
        .contains(new Trip(OneNamespace.CODE, OneNamespace.CODE, 11, 11, Duration.ofHours(1)));
    assertThat(team.paused("other").delay()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void anotherFailureLetsAnotherTry() {
    // Given
    team.trip();
    team.pass(Duration.ofMinutes(5));

    // When
    Optional<Trip> again = team.probe("probe", "AccessDeniedException");

    // Then
    assertThat(again).isEmpty();
    assertThat(team.isPaused()).isTrue();
    assertThat(team.mayUpdate("other", false)).isEqualTo(new Admission.Go());
  }

  @Test
  void aProbeThatNeverEndsIsReplaced() {
    // Given
    team.trip();
    team.pass(Duration.ofMinutes(5));
    team.mayUpdate("lost", false);

    // When
    team.pass(Duration.ofMinutes(2));
    Admission before = team.mayUpdate("other", false);
    team.pass(Duration.ofNanos(1));
    Admission after = team.mayUpdate("other", false);

    // Then
    assertThat(before).isInstanceOf(Admission.Paused.class);
    assertThat(after).isEqualTo(new Admission.Go());
  }

  @Test
  void whatAPersonRequestsIsSentOneAtATime() {
    // Given
    team.trip();

    // When
    Admission first = team.mayUpdate("asked", true);
    Admission second = team.mayUpdate("asked too", true);

    // Then
    assertThat(first).isEqualTo(new Admission.Go());
    assertThat(second)
        .isInstanceOfSatisfying(
            Admission.Paused.class,
            paused -> assertThat(paused.delay()).isLessThan(Duration.ofSeconds(11)));
    assertThat(team.mayUpdate("other", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void whatAPersonRequestedEndsThePauseWhereItSucceeds() {
    // Given
    team.trip();
    team.mayUpdate("asked", true);
    team.sent("asked");

    // When
    team.ended("asked", null);

    // Then
    assertThat(team.isPaused()).isFalse();
  }

  @Test
  void whatAPersonRequestedMakesThePauseNoLongerWhereItFails() {
    // Given
    Optional<Trip> pause = team.trip();
    team.mayUpdate("asked", true);

    // When
    Optional<Trip> again = team.ended("asked", OneNamespace.CODE);

    // Then
    assertThat(again).isEmpty();
    assertThat(team.paused("observer").pause()).isEqualTo(pause.orElseThrow());
    assertThat(team.mayUpdate("asked too", true)).isEqualTo(new Admission.Go());
  }

  @Test
  void aPersonReleasesIt() {
    // Given
    team.trip();

    // When
    boolean wasPaused = team.release() != null;

    // Then
    assertThat(wasPaused).isTrue();
    assertThat(team.release()).isNull();
    assertThat(team.isPaused()).isFalse();
    assertThat(team.ended("uid-9", OneNamespace.CODE)).as("old failures are forgotten").isEmpty();
    assertThat(team.go("uid-", 100)).hasSize(10);
  }
}
