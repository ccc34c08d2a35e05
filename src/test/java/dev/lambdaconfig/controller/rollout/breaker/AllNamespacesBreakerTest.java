package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures of several namespaces that open the breaker of all. */
final class AllNamespacesBreakerTest {

  private final ManyNamespaces teams = new ManyNamespaces();

  @Test
  void twoNamespacesThatFailAlikePauseNoThird() {
    // When
    teams.failAlike("attacker-1", 30);
    teams.failAlike("attacker-2", 30);

    // Then
    assertThat(teams.breakers.isPausedForAll()).isFalse();
    assertThat(teams.breakers.pausedNamespaces()).isEqualTo(2);
    assertThat(teams.breakers.mayUpdate("team-a", "a", false)).isEqualTo(ManyNamespaces.GO);
  }

  @Test
  void fiveResourcesOfThreeNamespacesThatFailAlikePauseAll() {
    // When
    teams.failAlike("team-a", 2);
    teams.failAlike("team-b", 2);
    boolean before = teams.breakers.isPausedForAll();
    Effects effects = teams.fail("team-c", "c", ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH);

    // Then
    assertThat(before).isFalse();
    assertThat(effects.opened()).containsOnlyKeys(BreakerLevel.ALL);
    assertThat(teams.breakers.mayUpdate("team-d", "d", false))
        .isInstanceOfSatisfying(
            Admission.Paused.class,
            paused -> assertThat(paused.level()).isEqualTo(BreakerLevel.ALL));
  }

  @Test
  void otherFieldsOrOtherWordsAreNotAlike() {
    // When
    for (int i = 0; i < 10; i++) {
      teams.fail(
          "team-" + i,
          "memory-" + i,
          ManyNamespaces.MEMORY,
          "The reason of " + "x".repeat(i + 1) + " is odd");
      teams.fail(
          "team-" + i, "field-" + i, List.of("field" + "y".repeat(i)), ManyNamespaces.TOO_MUCH);
    }

    // Then
    assertThat(teams.breakers.isPausedForAll()).isFalse();
  }

  @Test
  void failuresAmongAsManySuccessesPauseNobody() {
    // When: of each change of memory one in three fails
    for (int i = 0; i < 60; i++) {
      if (i % 3 == 0) {
        teams.fail("team-" + i, "r-" + i, ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH);
      } else {
        teams.succeed("team-" + i, "r-" + i, ManyNamespaces.MEMORY);
      }
    }

    // Then
    assertThat(teams.breakers.isPausedForAll()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatOneNamespaceDoesPushesNoFailureOfOthersOutOfSight(boolean succeeding) {
    // Given
    List<Effects> effects = new ArrayList<>();

    // When
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 100; j++) {
        if (succeeding) {
          teams.succeed("attacker", "x-" + j, ManyNamespaces.MEMORY);
        } else {
          teams.fail("attacker", "x-" + j, ManyNamespaces.MEMORY, "Another reason");
        }
      }
      effects.add(
          teams.fail("team-" + i, "r-" + i, ManyNamespaces.MEMORY, ManyNamespaces.TOO_MUCH));
    }

    // Then
    assertThat(effects.getLast().opened()).containsOnlyKeys(BreakerLevel.ALL);
  }

  @Test
  void successesOfOtherFieldsHideNothing() {
    // Given
    for (int i = 0; i < 100; i++) {
      teams.succeed("team-" + i, "good-" + i, ManyNamespaces.TIMEOUT);
    }

    // When
    teams.pauseAll();

    // Then
    assertThat(teams.breakers.isPausedForAll()).isTrue();
  }

  @Test
  void withTheLastResourceAllIsForgotten() {
    // Given: accounts, Regions and namespaces can be made up
    teams.pauseAll();
    List<String> namespaces = List.of("team-a", "team-b", "team-c", "team-d");
    teams.breakers.mayUpdate("team-d", "team-d/0", false);

    // When
    for (String namespace : namespaces) {
      for (int i = 0; i < 5; i++) {
        teams.breakers.forget(namespace, namespace + "/" + i);
      }
    }

    // Then
    assertThat(teams.breakers.isEmpty()).isTrue();
    assertThat(teams.breakers.underWay()).isZero();
  }
}
