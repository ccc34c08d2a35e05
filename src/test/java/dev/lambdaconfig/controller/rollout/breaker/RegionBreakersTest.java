package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The brake on the updates of one namespace. */
final class RegionBreakersTest {

  private static final String TEAM = "team-a";
  private static final String CODE = "InvalidParameterValueException";
  private static final List<String> FIELDS = List.of("timeout");

  private long now = Long.MAX_VALUE - 5;
  private final RegionBreakers breakers = new RegionBreakers(() -> now);

  @Test
  void fiveResourcesThatFailAlikePauseTheOthers() {
    // When
    List<Optional<Trip>> pauses =
        IntStream.range(0, 6).mapToObj(i -> ended("uid-" + i, CODE)).toList();

    // Then
    Trip pause = new Trip(CODE, CODE, 5, 5, Duration.ofMinutes(5));
    assertThat(pauses.subList(0, 4)).allMatch(Optional::isEmpty);
    assertThat(pauses.get(4)).as("told once").contains(pause);
    assertThat(pauses.get(5)).isEmpty();
    assertThat(paused("observer").pause()).isEqualTo(pause);
    assertThat(mayUpdate("other", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void oneResourceThatFailsAgainAndAgainPausesNobody() {
    // When
    for (int i = 0; i < 50; i++) {
      ended("uid", CODE);
    }

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
  }

  @Test
  void differentFailuresDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      ended("uid-" + i, "Code" + i % 5);
    }

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void failuresAmongAsManySuccessesDoNotCount(int failures) {
    // Given
    for (int i = 0; i < 20 - failures; i++) {
      ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < failures; i++) {
      ended("bad-" + i, CODE);
    }

    // Then
    assertThat(breakers.isPaused(TEAM)).isEqualTo(failures >= 10);
  }

  @Test
  void onlyTheLastTwentyCount() {
    // Given
    for (int i = 0; i < 1000; i++) {
      ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < 10; i++) {
      ended("bad-" + i, CODE);
    }

    // Then
    assertThat(paused("observer").pause())
        .isEqualTo(new Trip(CODE, CODE, 10, 20, Duration.ofMinutes(5)));
  }

  @Test
  void aResourceThatWasMendedCountsNoLonger() {
    // When
    for (int i = 0; i < 10; i++) {
      ended("uid-" + i, CODE);
      ended("uid-" + i, null);
    }

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
  }

  @Test
  void failuresOfAnotherHourDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      ended("uid-" + i, CODE);
      pass(Duration.ofMinutes(6));
    }

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
  }

  @Test
  void thosePausedAreToldTheRestAndNotAllTheSame() {
    // Given
    trip();
    pass(Duration.ofMinutes(2));

    // When
    List<Duration> delays =
        IntStream.range(0, 100).mapToObj(i -> paused("other-" + i).delay()).toList();

    // Then
    assertThat(delays).allMatch(d -> d.toSeconds() >= 180 && d.toSeconds() <= 210);
    assertThat(delays.stream().map(Duration::toSeconds).distinct().count()).isGreaterThan(20);
  }

  @Test
  void nothingInThePauseChangesWhileItLasts() {
    // Given
    trip();
    Trip before = paused("other").pause();

    // When
    pass(Duration.ofMinutes(4));
    ended("straggler", CODE);
    ended("another straggler", null);

    // Then
    assertThat(paused("other").pause()).isEqualTo(before);
    assertThat(paused("observer").pause()).isEqualTo(before);
  }

  @Test
  void afterThePauseOneTriesForAll() {
    // Given
    trip();

    // When
    pass(Duration.ofMinutes(5));
    Admission first = mayUpdate("probe", false);

    // Then
    assertThat(first).isEqualTo(new Admission.Go());
    assertThat(mayUpdate("probe", false)).as("asks again").isEqualTo(new Admission.Go());
    assertThat(paused("other").delay()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(35));
  }

  @Test
  void aSuccessLetsAllGoOnSlowly() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));
    probe("probe", null);

    // When
    Set<String> gone = go("uid-", 100);

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
    assertThat(gone).hasSize(10);
  }

  @Test
  void afterASuccessOldFailuresCountNoLonger() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));
    probe("probe", null);

    // When
    for (int i = 0; i < 4; i++) {
      ended("again-" + i, CODE);
    }
    Optional<Trip> fifth = ended("again-5", CODE);

    // Then
    assertThat(fifth).as("anew").contains(new Trip(CODE, CODE, 5, 5, Duration.ofMinutes(5)));
  }

  @Test
  void theSameFailurePausesTwiceAsLongUpToAnHour() {
    // Given
    List<Long> minutes = new ArrayList<>();
    Optional<Trip> pause = trip();

    // When
    for (int i = 0; i < 6; i++) {
      Duration length = pause.orElseThrow().length();
      minutes.add(length.toMinutes());
      pass(length);
      pause = probe("probe-" + i, CODE);
    }

    // Then
    assertThat(minutes).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    assertThat(pause).contains(new Trip(CODE, CODE, 11, 11, Duration.ofHours(1)));
    assertThat(paused("other").delay()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void anotherFailureLetsAnotherTry() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));

    // When
    Optional<Trip> again = probe("probe", "AccessDeniedException");

    // Then
    assertThat(again).isEmpty();
    assertThat(breakers.isPaused(TEAM)).isTrue();
    assertThat(mayUpdate("other", false)).isEqualTo(new Admission.Go());
  }

  @Test
  void aProbeThatNeverEndsIsReplaced() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));
    mayUpdate("lost", false);

    // When
    pass(Duration.ofMinutes(2));
    Admission before = mayUpdate("other", false);
    pass(Duration.ofNanos(1));
    Admission after = mayUpdate("other", false);

    // Then
    assertThat(before).isInstanceOf(Admission.Paused.class);
    assertThat(after).isEqualTo(new Admission.Go());
  }

  @Test
  void whatAPersonAsksForGoesThroughOneAtATime() {
    // Given
    trip();

    // When
    Admission first = mayUpdate("asked", true);
    Admission second = mayUpdate("asked too", true);

    // Then
    assertThat(first).isEqualTo(new Admission.Go());
    assertThat(second)
        .isInstanceOfSatisfying(
            Admission.Paused.class,
            paused -> assertThat(paused.delay()).isLessThan(Duration.ofSeconds(11)));
    assertThat(mayUpdate("other", false)).isInstanceOf(Admission.Paused.class);
  }

  @Test
  void whatAPersonAskedForEndsThePauseWhereItSucceeds() {
    // Given
    trip();
    mayUpdate("asked", true);
    sent("asked");

    // When
    ended("asked", null);

    // Then
    assertThat(breakers.isPaused(TEAM)).isFalse();
  }

  @Test
  void whatAPersonAskedForMakesThePauseNoLongerWhereItFails() {
    // Given
    Optional<Trip> pause = trip();
    mayUpdate("asked", true);

    // When
    Optional<Trip> again = ended("asked", CODE);

    // Then
    assertThat(again).isEmpty();
    assertThat(paused("observer").pause()).isEqualTo(pause.orElseThrow());
    assertThat(mayUpdate("asked too", true)).isEqualTo(new Admission.Go());
  }

  @Test
  void aPersonReleasesIt() {
    // Given
    trip();

    // When
    boolean wasPaused = breakers.release(TEAM) != null;

    // Then
    assertThat(wasPaused).isTrue();
    assertThat(breakers.release(TEAM)).isNull();
    assertThat(breakers.isPaused(TEAM)).isFalse();
    assertThat(ended("uid-9", CODE)).as("old failures are forgotten").isEmpty();
    assertThat(go("uid-", 100)).hasSize(10);
  }

  @Test
  void tenGoUnprovenAndTwoMoreWithEachSuccess() {
    // Given
    Set<String> first = go("uid-", 100);
    first.forEach(this::sent);

    // When
    first.stream().limit(3).forEach(uid -> ended(uid, null));
    Set<String> then = go("more-", 100);

    // Then
    assertThat(first).hasSize(10);
    assertThat(then).hasSize(9);
    assertThat(breakers.underWay()).isEqualTo(16);
    assertThat(mayUpdate(first.stream().skip(3).findFirst().orElseThrow(), false))
        .as("is counted already")
        .isEqualTo(new Admission.Go());
  }

  @Test
  void whoWaitsComesBackSoonButNotAllAtOnce() {
    // Given
    go("uid-", 10);

    // When
    List<Duration> delays =
        IntStream.range(0, 200)
            .mapToObj(i -> ((Admission.Wait) mayUpdate("other-" + i, false)).delay())
            .toList();

    // Then
    assertThat(delays).allMatch(d -> d.toMillis() >= 250 && d.toMillis() <= 2000);
    assertThat(delays.getFirst()).isLessThan(Duration.ofMillis(501));
    assertThat(delays.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(delays.stream().distinct().count()).isGreaterThan(150);
  }

  @Test
  void afterTenIdleMinutesItStartsSlowlyAgain() {
    // Given
    sent("a");
    for (int i = 0; i < 100; i++) {
      ended("good-" + i, null);
    }
    pass(Duration.ofMinutes(9));
    int busy = go("first-", 100).size();
    sent("first-0");

    // When
    pass(Duration.ofMinutes(10));

    // Then
    assertThat(busy).isEqualTo(100);
    assertThat(go("then-", 100)).hasSize(10);
  }

  @Test
  void whatProvedGoodIsNotLimited() {
    // Given
    sent("a");
    for (int i = 0; i < 500; i++) {
      ended("good-" + i, null);
    }

    // Then
    assertThat(go("uid-", 3000)).hasSize(3000);
  }

  @Test
  void updatesThatNeverEndAreForgottenAfterTwoMinutes() {
    // Given
    go("uid-", 10).forEach(this::sent);

    // When
    pass(Duration.ofMinutes(2));
    int before = breakers.underWay();
    pass(Duration.ofNanos(1));

    // Then
    assertThat(before).isEqualTo(10);
    assertThat(breakers.underWay()).isZero();
  }

  @Test
  void whoDoesNotSendAfterAllHoldsUpTheOthersForTenSecondsOnly() {
    // Given
    go("uid-", 10);

    // When
    pass(Duration.ofMillis(10_001));

    // Then
    assertThat(go("other-", 20)).hasSize(10);
  }

  private Optional<Trip> ended(String uid, @Nullable String failureCode) {
    FailureSignature failure =
        failureCode == null ? null : FailureSignature.of(failureCode, FIELDS, "No", "orders");
    return Optional.ofNullable(
        breakers.ended(TEAM, uid, FIELDS, failure, false).opened().get(BreakerLevel.NAMESPACE));
  }

  private Admission mayUpdate(String uid, boolean requested) {
    return breakers.mayUpdate(TEAM, uid, requested);
  }

  private void sent(String uid) {
    breakers.sent(TEAM, uid);
  }

  private Optional<Trip> trip() {
    Optional<Trip> pause = Optional.empty();
    for (int i = 0; i < 5; i++) {
      pause = ended("bad-" + i, CODE);
    }
    assertThat(pause).isPresent();
    return pause;
  }

  private Optional<Trip> probe(String uid, @Nullable String failureCode) {
    assertThat(mayUpdate(uid, false)).isEqualTo(new Admission.Go());
    sent(uid);
    return ended(uid, failureCode);
  }

  private Admission.Paused paused(String uid) {
    return (Admission.Paused) mayUpdate(uid, false);
  }

  /** Those of so many who may go. */
  private Set<String> go(String name, int asking) {
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < asking; i++) {
      if (mayUpdate(name + i, false) instanceof Admission.Go) {
        gone.add(name + i);
      }
    }
    return gone;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
