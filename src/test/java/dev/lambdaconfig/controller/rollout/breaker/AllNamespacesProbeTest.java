package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The updates that try for all namespaces, of which none may keep the others waiting. */
final class AllNamespacesProbeTest {

  private final ManyNamespaces teams = new ManyNamespaces();

  @Test
  void aProbeOfOneThatFailsLeavesTheNextToAnotherNamespace() {
    // Given
    teams.pauseAll();
    teams.wants("team-d", "team-e", "team-f");
    teams.pass(Duration.ofMinutes(5));

    // When
    assertThat(teams.breakers.mayUpdate("team-d", "team-d", false)).isEqualTo(ManyNamespaces.GO);
    Effects effects =
        teams.fail("team-d", "team-d", ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH);

    // Then: it is on its own again for twice as long, and the next one is called
    assertThat(effects.opened()).isEmpty();
    assertThat(effects.wake()).containsExactly("team-e");
    assertThat(teams.breakers.mayUpdate("team-d", "another", false))
        .isInstanceOfSatisfying(
            Admission.Paused.class,
            paused -> assertThat(paused.delay()).isGreaterThan(Duration.ofMinutes(9)));
    assertThat(teams.breakers.mayUpdate("team-e", "team-e", false)).isEqualTo(ManyNamespaces.GO);
  }

  @Test
  void aNamespaceWhoseProbesAlwaysFailKeepsThePauseUpForNobodyElse() {
    // Given
    teams.pauseAll();
    teams.pass(Duration.ofMinutes(5));
    for (int i = 0; i < 4; i++) {
      teams.breakers.mayUpdate("attacker", "x-" + i, false);
      teams.fail("attacker", "x-" + i, ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH);
      teams.pass(Duration.ofHours(1));
    }

    // When
    Admission verdict = teams.breakers.mayUpdate("team-d", "d", false);
    teams.succeed("team-d", "d", ManyNamespaces.MEMORY);

    // Then
    assertThat(verdict).isEqualTo(ManyNamespaces.GO);
    assertThat(teams.breakers.isPausedForAll()).isFalse();
  }

  @Test
  void probesOfThreeNamespacesThatFailPauseAllForTwiceAsLong() {
    // Given
    teams.pauseAll();
    teams.pass(Duration.ofMinutes(5));

    // When
    List<Effects> effects = new ArrayList<>();
    for (String namespace : List.of("team-d", "team-e", "team-f")) {
      assertThat(teams.breakers.mayUpdate(namespace, namespace, false))
          .isEqualTo(ManyNamespaces.GO);
      effects.add(teams.fail(namespace, namespace, ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH));
    }

    // Then
    assertThat(effects.subList(0, 2)).allMatch(effect -> effect.opened().isEmpty());
    assertThat(Objects.requireNonNull(effects.getLast().opened().get(BreakerLevel.ALL)).length())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void theProbeIsKeptForTheNamespaceThatWaitsForItLongest() {
    // Given: one that has had its turn asks again at once, with another resource
    teams.pauseAll();
    teams.wants("team-d");
    teams.pass(Duration.ofMinutes(5));
    teams.breakers.mayUpdate("attacker", "x-1", true);
    teams.breakers.over("x-1");
    teams.breakers.withdraw("attacker", "x-1", false);

    // When
    Admission again = teams.breakers.mayUpdate("attacker", "x-2", true);
    Admission other = teams.breakers.mayUpdate("team-d", "team-d", false);

    // Then
    assertThat(again).isInstanceOf(Admission.Paused.class);
    assertThat(other).isEqualTo(ManyNamespaces.GO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProbeThatGoesFreesItsPlaceAtOnce(boolean deleted) {
    // Given
    teams.pauseAll();
    teams.wants("team-d", "team-e");
    teams.pass(Duration.ofMinutes(5));
    teams.breakers.mayUpdate("team-d", "team-d", false);
    teams.breakers.sent("team-d", "team-d");

    // When
    Effects effects =
        deleted
            ? teams.breakers.forget("team-d", "team-d")
            : teams.breakers.withdraw("team-d", "team-d", false);

    // Then
    assertThat(effects.wake()).containsExactly("team-e");
    assertThat(teams.breakers.mayUpdate("team-e", "team-e", false)).isEqualTo(ManyNamespaces.GO);
    assertThat(teams.breakers.underWay()).isEqualTo(1);
  }
}
