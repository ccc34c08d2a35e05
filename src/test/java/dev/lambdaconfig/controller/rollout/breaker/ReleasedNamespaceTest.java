package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A release counts for its own namespace, whatever pauses it. */
final class ReleasedNamespaceTest {

  private final ManyNamespaces teams = new ManyNamespaces();

  @Test
  void aReleaseCountsForItsOwnNamespace() {
    // Given
    teams.failAlike("team-a", 5);
    teams.failAlike("team-b", 5);

    // When
    Effects released = teams.breakers.release("team-a");

    // Then: only its own are tried again
    assertThat(Objects.requireNonNull(released).wake())
        .allMatch(uid -> uid.startsWith("team-a/"))
        .hasSize(5);
    assertThat(teams.breakers.isTriedAgain("team-a", "team-a/0")).isTrue();
    assertThat(teams.breakers.isTriedAgain("team-b", "team-b/0")).isFalse();
    assertThat(teams.breakers.mayUpdate("team-a", "a", false)).isEqualTo(ManyNamespaces.GO);
    assertThat(teams.breakers.mayUpdate("team-b", "b", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void aNamespaceThatNobodyPausedReleasesNothing() {
    // Given
    teams.failAlike("team-a", 5);
    teams.breakers.mayUpdate("attacker", "x", false);

    // When
    Effects released = teams.breakers.release("attacker");

    // Then
    assertThat(released).isNull();
    assertThat(teams.breakers.mayUpdate("team-a", "a", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void whileAllArePausedAReleasedNamespaceGoesOnAlone() {
    // Given
    teams.pauseAll();
    teams.breakers.mayUpdate("team-d", "d", false);
    teams.breakers.mayUpdate("team-e", "e", false);

    // When
    Effects released = teams.breakers.release("team-d");

    // Then
    assertThat(Objects.requireNonNull(released).wake()).containsExactly("d");
    assertThat(teams.breakers.mayUpdate("team-d", "d", false)).isEqualTo(ManyNamespaces.GO);
    assertThat(teams.breakers.mayUpdate("team-e", "e", false)).isInstanceOf(Admission.Paused.class);
    assertThat(teams.breakers.isPausedForAll()).isTrue();
  }

  @Test
  void whatReleasedNamespacesFailWithAgainPausesThemAnewAndNotThoseThatSucceeded() {
    // Given
    teams.pauseAll();
    for (String namespace : List.of("team-a", "team-b", "team-c", "team-d")) {
      teams.breakers.mayUpdate(namespace, namespace, false);
      teams.breakers.release(namespace);
    }
    teams.succeed("team-d", "d", ManyNamespaces.MEMORY);

    // When
    teams.failAlike("team-a", 2);
    teams.failAlike("team-b", 2);
    Effects effects = teams.fail("team-c", "c", ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH);

    // Then
    assertThat(effects.opened()).containsOnlyKeys(BreakerLevel.ALL);
    assertThat(teams.breakers.mayUpdate("team-a", "a", false)).isInstanceOf(Admission.Paused.class);
    assertThat(teams.breakers.mayUpdate("team-d", "d", false)).isEqualTo(ManyNamespaces.GO);
  }
}
