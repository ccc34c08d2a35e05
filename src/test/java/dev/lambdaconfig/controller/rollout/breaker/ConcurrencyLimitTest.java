package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of updates under way, of one namespace and of several. */
final class ConcurrencyLimitTest {

  private final OneNamespace team = new OneNamespace();
  private final ManyNamespaces teams = new ManyNamespaces();

  @Test
  void tenGoUnprovenAndTwoMoreWithEachSuccess() {
    // Given
    Set<String> first = team.go("uid-", 100);
    first.forEach(team::sent);

    // When
    first.stream().limit(3).forEach(uid -> team.ended(uid, null));
    // The first of those that waited were called, and did not come.
    team.pass(Duration.ofMillis(1_001));
    Set<String> then = team.go("more-", 100);

    // Then
    assertThat(first).hasSize(10);
    assertThat(then).hasSize(9);
    assertThat(team.breakers.underWay()).isEqualTo(16);
    assertThat(team.mayUpdate(first.stream().skip(3).findFirst().orElseThrow(), false))
        .as("is counted already")
        .isEqualTo(new Admission.Go());
  }

  @Test
  void thoseThatWaitComeBackSoonButNotAllAtOnce() {
    // Given
    team.go("uid-", 10);

    // When
    List<Duration> delays =
        IntStream.range(0, 200)
            .mapToObj(i -> ((Admission.Wait) team.mayUpdate("other-" + i, false)).delay())
            .toList();

    // Then
    assertThat(delays).allMatch(d -> d.toMillis() >= 250 && d.toMillis() <= 10_000);
    assertThat(delays.getFirst()).isLessThan(Duration.ofMillis(501));
    assertThat(delays.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(delays.stream().distinct().count()).isGreaterThan(150);
  }

  @Test
  void whoWaitsIsCalledForEachFreePlaceInOrder() {
    // Given
    team.go("uid-", 10).forEach(team::sent);
    team.go("other-", 20);

    // When
    List<String> called = team.wokenBy("uid-0");

    // Then: two places more, and that of the update that has ended
    assertThat(called).containsExactly("other-0", "other-1", "other-2");
    assertThat(team.wokenBy("uid-1")).containsExactly("other-3", "other-4", "other-5");
  }

  @Test
  void aPlaceIsKeptForASecondForTheUpdateThatWasCalled() {
    // Given
    team.go("uid-", 10).forEach(team::sent);
    team.go("other-", 2);
    assertThat(team.wokenBy("uid-0")).containsExactly("other-0", "other-1");

    // When
    Set<String> newcomers = team.go("new-", 5);
    team.pass(Duration.ofMillis(1_001));
    Set<String> later = team.go("later-", 5);

    // Then
    assertThat(newcomers).containsExactly("new-0");
    assertThat(later).hasSize(2);
  }

  @Test
  void aResourceThatWantsNoUpdateAnyMoreIsNotCalled() {
    // Given
    team.go("uid-", 10).forEach(team::sent);
    team.go("other-", 4);

    // When
    team.breakers.withdraw("team-a", "other-0", false);

    // Then
    assertThat(team.wokenBy("uid-0")).containsExactly("other-1", "other-2", "other-3");
  }

  @Test
  void theNamespaceWithTheFewestUnderWayIsCalledFirst() {
    // Given
    teams.go("team-a", 100);
    teams.go("team-b", 100);
    teams.breakers.sent("team-a", "team-a/0");

    // When
    List<String> called = teams.wokenBy("team-a", "team-a/0");

    // Then
    assertThat(called).isNotEmpty().first().isEqualTo("team-b/3");
  }

  @Test
  void aNamespaceThatIsPausedIsNotCalledAndTakesNoPlaces() {
    // Given
    teams.go("team-a", 100);
    teams.go("team-b", 100);
    teams.failAlike("team-a", 10);
    teams.pass(Duration.ofMillis(1_001));

    // When
    List<String> called = teams.wokenBy("team-b", "team-b/0");

    // Then
    assertThat(teams.breakers.isPaused("team-a")).isTrue();
    assertThat(called).hasSize(10).allMatch(uid -> uid.startsWith("team-b/"));
  }

  @Test
  void thePlaceOfAnUpdateThatAwsDidNotTakeGoesToTheNextAtOnce() {
    // Given
    Set<String> admitted = team.go("a-", 30);

    // When
    List<String> called = team.breakers.over(admitted.iterator().next()).wake();

    // Then
    assertThat(called).hasSize(1).doesNotContainAnyElementsOf(admitted);
  }

  @Test
  void afterTenIdleMinutesItStartsSlowlyAgain() {
    // Given
    team.sent("a");
    for (int i = 0; i < 100; i++) {
      team.ended("good-" + i, null);
    }
    team.pass(Duration.ofMinutes(9));
    int busy = team.go("first-", 100).size();
    team.sent("first-0");

    // When
    team.pass(Duration.ofMinutes(10));

    // Then
    assertThat(busy).isEqualTo(100);
    assertThat(team.go("then-", 100)).hasSize(10);
  }

  @Test
  void whatProvedGoodIsNotLimited() {
    // Given
    team.sent("a");
    for (int i = 0; i < 500; i++) {
      team.ended("good-" + i, null);
    }

    // Then
    assertThat(team.go("uid-", 3000)).hasSize(3000);
  }

  @Test
  void updatesThatNeverEndAreForgottenAfterTwoMinutes() {
    // Given
    team.go("uid-", 10).forEach(team::sent);

    // When
    team.pass(Duration.ofMinutes(2));
    int before = team.breakers.underWay();
    team.pass(Duration.ofNanos(1));

    // Then
    assertThat(before).isEqualTo(10);
    assertThat(team.breakers.underWay()).isZero();
  }

  @Test
  void anUpdateThatIsNotSentAfterAllHoldsUpOthersForTenSecondsOnly() {
    // Given
    team.go("uid-", 10);

    // When
    team.pass(Duration.ofMillis(10_001));

    // Then
    assertThat(team.go("other-", 20)).hasSize(10);
  }

  @Test
  void aResourceThatGoesFreesItsPlaceAtOnce() {
    // Given
    for (int i = 0; i < 10; i++) {
      teams.breakers.mayUpdate("team-a", "r-" + i, false);
      teams.breakers.sent("team-a", "r-" + i);
    }
    Admission before = teams.breakers.mayUpdate("team-a", "another", false);

    // When
    teams.breakers.forget("team-a", "r-3");

    // Then
    assertThat(before).isInstanceOf(Admission.Wait.class);
    assertThat(teams.breakers.mayUpdate("team-a", "another", false)).isEqualTo(ManyNamespaces.GO);
  }

  @Test
  void whatOneNamespaceHasUnderWayLeavesPlacesForOthers() {
    // Given
    long ofOne = teams.go("team-a", 100);

    // When
    long ofAnother = teams.go("team-b", 100);
    long ofAThird = teams.go("team-c", 100);

    // Then
    assertThat(List.of(ofOne, ofAnother, ofAThird)).containsExactly(10L, 3L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 400})
  void howeverMuchOneHasProven(int successes) {
    // Given
    teams.breakers.sent("team-a", "first");
    for (int i = 0; i < successes; i++) {
      teams.succeed("team-a", "good-" + i, ManyNamespaces.MEMORY);
    }
    teams.go("team-a", 5000);

    // When
    long ofAnother = teams.go("team-b", 100);

    // Then
    assertThat(ofAnother).isEqualTo(10);
  }
}
