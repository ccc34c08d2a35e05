package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a pause whose cause is gone, with no update left to probe with. */
final class RevertedChangeTest {

  @Nested
  final class InOneNamespace {

    private final OneNamespace team = new OneNamespace();

    @Test
    void endsThePauseAtOnce() {
      // Given
      team.trip();
      team.paused("other");

      // When
      team.inSync("other");
      settle(5);

      // Then
      assertThat(team.isPaused()).isFalse();
      assertThat(team.breakers.pausedNamespaces()).isZero();
      assertThat(team.go("next-", 100)).as("slowly, for nothing is proven").hasSize(10);
    }

    @Test
    void endsItWhereTheResourcesAreDeletedToo() {
      // Given
      team.trip();
      team.breakers.join("team-a", "other");

      // When
      for (int i = 0; i < 5; i++) {
        team.deleted("bad-" + i);
      }

      // Then
      assertThat(team.isPaused()).isFalse();
    }

    @Test
    void endsNoPauseThatHoldsAnUpdateBack() {
      // Given
      team.trip();
      team.paused("other");

      // When
      settle(5);

      // Then: only that update can show whether the cause is gone
      assertThat(team.isPaused()).isTrue();
      assertThat(team.breakers.pausedNamespaces()).isEqualTo(1);
      assertThat(team.mayUpdate("another", false)).isInstanceOf(Admission.Paused.class);
    }

    @Test
    void endsNoPauseWhoseProbeRuns() {
      // Given
      team.trip();
      team.mayUpdate("asked", true);
      team.sent("asked");

      // When
      settle(5);

      // Then
      assertThat(team.isPaused()).isTrue();
      assertThat(team.ended("asked", "AccessDeniedException")).isEmpty();
      assertThat(team.isPaused()).as("after it has ended").isFalse();
    }

    @Test
    void isNoneWhileTheSpecsAreAsBefore() {
      // Given
      team.trip();

      // When
      for (int i = 0; i < 5; i++) {
        team.stillRefused("bad-" + i);
      }
      team.pass(Duration.ofHours(3));

      // Then
      assertThat(team.isPaused()).isTrue();
      assertThat(team.breakers.pausedNamespaces()).isEqualTo(1);
    }

    @Test
    void leavesAFewThatFailOnlyForTheRestOfThePause() {
      // Given
      team.trip();

      // When
      settle(1);
      int during = team.breakers.pausedNamespaces();
      Admission next = team.mayUpdate("next", false);
      team.inSync("next");
      team.pass(Duration.ofMinutes(5));

      // Then
      assertThat(during).isEqualTo(1);
      assertThat(next).isInstanceOf(Admission.Paused.class);
      assertThat(team.breakers.pausedNamespaces()).isZero();
      assertThat(team.go("next-", 100)).as("none is a probe").hasSize(10);
    }

    @Test
    void countsWhereItWasRevertedBeforeThePause() {
      // Given
      for (int i = 0; i < 4; i++) {
        team.ended("bad-" + i, OneNamespace.CODE);
        team.inSync("bad-" + i);
      }
      assertThat(team.ended("bad-4", OneNamespace.CODE)).isPresent();

      // When
      team.inSync("bad-4");

      // Then
      assertThat(team.isPaused()).isFalse();
    }

    @Test
    void ofAProbeIsOneAsWell() {
      // Given
      team.trip();
      team.pass(Duration.ofMinutes(5));
      team.probe("probe", OneNamespace.CODE);

      // When
      settle(5);
      boolean before = team.isPaused();
      team.inSync("probe");

      // Then
      assertThat(before).isTrue();
      assertThat(team.isPaused()).isFalse();
    }

    @Test
    void ofAHandfulSendsNoneOfTheOthers() {
      // Given: a bad change of a thousand, each of which is reverted as soon as it has failed
      int sent = 0;
      team.go("uid-", 1000);

      // When
      for (int round = 0; round < 100; round++) {
        Set<String> gone = team.go("uid-", 1000);
        for (String uid : gone) {
          if (!team.isPaused()) {
            sent++;
            team.sent(uid);
            team.ended(uid, OneNamespace.CODE);
          }
          team.inSync(uid);
        }
      }

      // Then
      assertThat(sent).isBetween(5, 10);
      assertThat(team.isPaused()).isTrue();
    }

    /** The failed resources are as their specs have them, up to a number. */
    private void settle(int resources) {
      for (int i = 0; i < resources; i++) {
        team.inSync("bad-" + i);
      }
    }
  }

  @Nested
  final class InAllNamespaces {

    private final ManyNamespaces teams = new ManyNamespaces();

    @Test
    void endsThePauseAtOnce() {
      // Given
      teams.pauseAll();
      teams.wants("team-d");

      // When
      teams.inSync("team-d", "team-d");
      settle("team-a", 2);
      settle("team-b", 2);
      boolean before = teams.breakers.isPausedForAll();
      settle("team-c", 1);

      // Then
      assertThat(before).isTrue();
      assertThat(teams.breakers.isPausedForAll()).isFalse();
      assertThat(teams.breakers.isPaused("team-d")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"team-a, 2, 0", "team-c, 1, 0", "team-z, 0, 1"})
    void endsItAfterAWhileWhereTooFewNamespacesFail(String namespace, int mended, int paused) {
      // Given: three more than are needed
      teams.pauseAll();
      teams.failAlike("team-b", 5);

      // When
      settle(namespace, mended);
      boolean before = teams.breakers.isPausedForAll();
      teams.pass(Duration.ofMinutes(5));

      // Then
      assertThat(before).isTrue();
      assertThat(teams.breakers.isPausedForAll()).isEqualTo(paused > 0);
    }

    @Test
    void endsItByASuccessOfAReleasedNamespaceAsWell() {
      // Given
      teams.pauseAll();
      settle("team-b", 2);
      settle("team-c", 1);
      teams.breakers.release("team-a");

      // When
      teams.succeed("team-a", "team-a/0", ManyNamespaces.MEMORY);
      boolean before = teams.breakers.isPausedForAll();
      teams.succeed("team-a", "team-a/1", ManyNamespaces.MEMORY);

      // Then
      assertThat(before).isTrue();
      assertThat(teams.breakers.isPausedForAll()).isFalse();
    }

    private void settle(String namespace, int resources) {
      for (int i = 0; i < resources; i++) {
        teams.inSync(namespace, namespace + "/" + i);
      }
    }
  }
}
