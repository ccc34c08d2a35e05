package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the updates of one namespace do to those of others. */
final class RegionBreakersOfManyTest {

  private static final Admission GO = new Admission.Go();
  private static final String CODE = "InvalidParameterValueException";
  private static final List<String> MEMORY = List.of("memorySize");
  private static final List<String> TIMEOUT = List.of("timeout");
  private static final String TOO_MUCH = "It is too much";

  private long now;
  private final RegionBreakers breakers = new RegionBreakers(() -> now);

  @Test
  void twoNamespacesThatFailAlikePauseNoThird() {
    // When
    failAlike("attacker-1", 30);
    failAlike("attacker-2", 30);

    // Then
    assertThat(breakers.isPausedForAll()).isFalse();
    assertThat(breakers.pausedNamespaces()).isEqualTo(2);
    assertThat(breakers.mayUpdate("team-a", "a", false)).isEqualTo(GO);
  }

  @Test
  void fiveResourcesOfThreeNamespacesThatFailAlikePauseAll() {
    // When
    failAlike("team-a", 2);
    failAlike("team-b", 2);
    boolean before = breakers.isPausedForAll();
    Effects effects = fail("team-c", "c", MEMORY, TOO_MUCH);

    // Then
    assertThat(before).isFalse();
    assertThat(effects.opened()).containsOnlyKeys(BreakerLevel.ALL);
    assertThat(breakers.mayUpdate("team-d", "d", false))
        .isInstanceOfSatisfying(
            Admission.Paused.class,
            paused -> assertThat(paused.level()).isEqualTo(BreakerLevel.ALL));
  }

  @Test
  void otherFieldsOrOtherWordsAreNotAlike() {
    // When
    for (int i = 0; i < 10; i++) {
      fail("team-" + i, "memory-" + i, MEMORY, "The reason of " + "x".repeat(i + 1) + " is odd");
      fail("team-" + i, "field-" + i, List.of("field" + "y".repeat(i)), TOO_MUCH);
    }

    // Then
    assertThat(breakers.isPausedForAll()).isFalse();
  }

  @Test
  void failuresAmongAsManySuccessesPauseNobody() {
    // When: of each change of memory one in three fails
    for (int i = 0; i < 60; i++) {
      if (i % 3 == 0) {
        fail("team-" + i, "r-" + i, MEMORY, TOO_MUCH);
      } else {
        succeed("team-" + i, "r-" + i, MEMORY);
      }
    }

    // Then
    assertThat(breakers.isPausedForAll()).isFalse();
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
          succeed("attacker", "x-" + j, MEMORY);
        } else {
          fail("attacker", "x-" + j, MEMORY, "Another reason");
        }
      }
      effects.add(fail("team-" + i, "r-" + i, MEMORY, TOO_MUCH));
    }

    // Then
    assertThat(effects.getLast().opened()).containsOnlyKeys(BreakerLevel.ALL);
  }

  @Test
  void successesOfOtherFieldsHideNothing() {
    // Given
    for (int i = 0; i < 100; i++) {
      succeed("team-" + i, "good-" + i, TIMEOUT);
    }

    // When
    pauseAll();

    // Then
    assertThat(breakers.isPausedForAll()).isTrue();
  }

  @Test
  void aReleaseCountsForItsOwnNamespace() {
    // Given
    failAlike("team-a", 5);
    failAlike("team-b", 5);

    // When
    Effects released = breakers.release("team-a");

    // Then: only its own are tried again
    assertThat(Objects.requireNonNull(released).wake())
        .allMatch(uid -> uid.startsWith("team-a/"))
        .hasSize(5);
    assertThat(breakers.isTriedAgain("team-a", "team-a/0")).isTrue();
    assertThat(breakers.isTriedAgain("team-b", "team-b/0")).isFalse();
    assertThat(breakers.mayUpdate("team-a", "a", false)).isEqualTo(GO);
    assertThat(breakers.mayUpdate("team-b", "b", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void aNamespaceThatNobodyPausedReleasesNothing() {
    // Given
    failAlike("team-a", 5);
    breakers.mayUpdate("attacker", "x", false);

    // When
    Effects released = breakers.release("attacker");

    // Then
    assertThat(released).isNull();
    assertThat(breakers.mayUpdate("team-a", "a", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void whileAllArePausedAReleasedNamespaceGoesOnAlone() {
    // Given
    pauseAll();
    breakers.mayUpdate("team-d", "d", false);
    breakers.mayUpdate("team-e", "e", false);

    // When
    Effects released = breakers.release("team-d");

    // Then
    assertThat(Objects.requireNonNull(released).wake()).containsExactly("d");
    assertThat(breakers.mayUpdate("team-d", "d", false)).isEqualTo(GO);
    assertThat(breakers.mayUpdate("team-e", "e", false)).isInstanceOf(Admission.Paused.class);
    assertThat(breakers.isPausedForAll()).isTrue();
  }

  @Test
  void whatReleasedNamespacesFailWithAgainPausesThemAnewAndNotThoseThatSucceeded() {
    // Given
    pauseAll();
    for (String namespace : List.of("team-a", "team-b", "team-c", "team-d")) {
      breakers.mayUpdate(namespace, namespace, false);
      breakers.release(namespace);
    }
    succeed("team-d", "d", MEMORY);

    // When
    failAlike("team-a", 2);
    failAlike("team-b", 2);
    Effects effects = fail("team-c", "c", MEMORY, TOO_MUCH);

    // Then
    assertThat(effects.opened()).containsOnlyKeys(BreakerLevel.ALL);
    assertThat(breakers.mayUpdate("team-a", "a", false)).isInstanceOf(Admission.Paused.class);
    assertThat(breakers.mayUpdate("team-d", "d", false)).isEqualTo(GO);
  }

  @Test
  void aProbeOfOneThatFailsLeavesTheNextToAnotherNamespace() {
    // Given
    pauseAll();
    wants("team-d", "team-e", "team-f");
    pass(Duration.ofMinutes(5));

    // When
    assertThat(breakers.mayUpdate("team-d", "team-d", false)).isEqualTo(GO);
    Effects effects = fail("team-d", "team-d", MEMORY, TOO_MUCH);

    // Then: it is on its own again for twice as long, and the next one is called
    assertThat(effects.opened()).isEmpty();
    assertThat(effects.wake()).containsExactly("team-e");
    assertThat(breakers.mayUpdate("team-d", "another", false))
        .isInstanceOfSatisfying(
            Admission.Paused.class, paused -> assertThat(paused.delay()).isGreaterThan(minutes(9)));
    assertThat(breakers.mayUpdate("team-e", "team-e", false)).isEqualTo(GO);
  }

  @Test
  void aNamespaceWhoseProbesAlwaysFailKeepsThePauseUpForNobodyElse() {
    // Given
    pauseAll();
    pass(Duration.ofMinutes(5));
    for (int i = 0; i < 4; i++) {
      breakers.mayUpdate("attacker", "x-" + i, false);
      fail("attacker", "x-" + i, MEMORY, TOO_MUCH);
      pass(Duration.ofHours(1));
    }

    // When
    Admission verdict = breakers.mayUpdate("team-d", "d", false);
    succeed("team-d", "d", MEMORY);

    // Then
    assertThat(verdict).isEqualTo(GO);
    assertThat(breakers.isPausedForAll()).isFalse();
  }

  @Test
  void probesOfThreeNamespacesThatFailPauseAllForTwiceAsLong() {
    // Given
    pauseAll();
    pass(Duration.ofMinutes(5));

    // When
    List<Effects> effects = new ArrayList<>();
    for (String namespace : List.of("team-d", "team-e", "team-f")) {
      assertThat(breakers.mayUpdate(namespace, namespace, false)).isEqualTo(GO);
      effects.add(fail(namespace, namespace, MEMORY, TOO_MUCH));
    }

    // Then
    assertThat(effects.subList(0, 2)).allMatch(effect -> effect.opened().isEmpty());
    assertThat(Objects.requireNonNull(effects.getLast().opened().get(BreakerLevel.ALL)).length())
        .isEqualTo(minutes(10));
  }

  @Test
  void theProbeIsKeptForTheNamespaceThatWaitsForItLongest() {
    // Given: one that has had its turn asks again at once, with another resource
    pauseAll();
    wants("team-d");
    pass(Duration.ofMinutes(5));
    breakers.mayUpdate("attacker", "x-1", true);
    breakers.over("x-1");
    breakers.withdraw("attacker", "x-1");

    // When
    Admission again = breakers.mayUpdate("attacker", "x-2", true);
    Admission other = breakers.mayUpdate("team-d", "team-d", false);

    // Then
    assertThat(again).isInstanceOf(Admission.Paused.class);
    assertThat(other).isEqualTo(GO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProbeThatGoesFreesItsPlaceAtOnce(boolean deleted) {
    // Given
    pauseAll();
    wants("team-d", "team-e");
    pass(Duration.ofMinutes(5));
    breakers.mayUpdate("team-d", "team-d", false);
    breakers.sent("team-d", "team-d");

    // When
    Effects effects =
        deleted ? breakers.forget("team-d", "team-d") : breakers.withdraw("team-d", "team-d");

    // Then
    assertThat(effects.wake()).containsExactly("team-e");
    assertThat(breakers.mayUpdate("team-e", "team-e", false)).isEqualTo(GO);
    assertThat(breakers.underWay()).isEqualTo(1);
  }

  @Test
  void aResourceThatGoesFreesItsPlaceAtOnce() {
    // Given
    for (int i = 0; i < 10; i++) {
      breakers.mayUpdate("team-a", "r-" + i, false);
      breakers.sent("team-a", "r-" + i);
    }
    Admission before = breakers.mayUpdate("team-a", "another", false);

    // When
    breakers.forget("team-a", "r-3");

    // Then
    assertThat(before).isInstanceOf(Admission.Wait.class);
    assertThat(breakers.mayUpdate("team-a", "another", false)).isEqualTo(GO);
  }

  @Test
  void whatOneNamespaceHasUnderWayLeavesPlacesForOthers() {
    // Given
    long ofOne = go("team-a", 100);

    // When
    long ofAnother = go("team-b", 100);
    long ofAThird = go("team-c", 100);

    // Then
    assertThat(List.of(ofOne, ofAnother, ofAThird)).containsExactly(10L, 3L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 400})
  void howeverMuchOneHasProven(int successes) {
    // Given
    breakers.sent("team-a", "first");
    for (int i = 0; i < successes; i++) {
      succeed("team-a", "good-" + i, MEMORY);
    }
    go("team-a", 5000);

    // When
    long ofAnother = go("team-b", 100);

    // Then
    assertThat(ofAnother).isEqualTo(10);
  }

  @Test
  void withTheLastResourceAllIsForgotten() {
    // Given: accounts, Regions and namespaces can be made up
    pauseAll();
    List<String> namespaces = List.of("team-a", "team-b", "team-c", "team-d");
    breakers.mayUpdate("team-d", "team-d/0", false);

    // When
    for (String namespace : namespaces) {
      for (int i = 0; i < 5; i++) {
        breakers.forget(namespace, namespace + "/" + i);
      }
    }

    // Then
    assertThat(breakers.isEmpty()).isTrue();
    assertThat(breakers.underWay()).isZero();
  }

  /** Two resources of two namespaces and one of a third fail alike. */
  private void pauseAll() {
    failAlike("team-a", 2);
    failAlike("team-b", 2);
    failAlike("team-c", 1);
    assertThat(breakers.isPausedForAll()).isTrue();
  }

  private void wants(String... namespaces) {
    for (String namespace : namespaces) {
      assertThat(breakers.mayUpdate(namespace, namespace, false))
          .isInstanceOf(Admission.Paused.class);
    }
  }

  private long go(String namespace, int asking) {
    long gone = 0;
    for (int i = 0; i < asking; i++) {
      gone += breakers.mayUpdate(namespace, namespace + "/" + i, false).equals(GO) ? 1 : 0;
    }
    return gone;
  }

  private void failAlike(String namespace, int resources) {
    for (int i = 0; i < resources; i++) {
      fail(namespace, namespace + "/" + i, MEMORY, TOO_MUCH);
    }
  }

  private Effects fail(String namespace, String uid, List<String> fields, String message) {
    return ended(namespace, uid, fields, FailureSignature.of(CODE, fields, message, uid));
  }

  private void succeed(String namespace, String uid, List<String> fields) {
    ended(namespace, uid, fields, null);
  }

  private Effects ended(
      String namespace, String uid, List<String> fields, @Nullable FailureSignature failure) {
    return breakers.ended(namespace, uid, fields, failure, false);
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
