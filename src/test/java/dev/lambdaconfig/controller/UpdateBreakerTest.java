package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.UpdateBreaker.Pause;
import dev.lambdaconfig.controller.UpdateBreaker.Verdict;
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

final class UpdateBreakerTest {

  private static final String CODE = "InvalidParameterValueException";

  private long now = Long.MAX_VALUE - 5;
  private final UpdateBreaker breaker = new UpdateBreaker(() -> now);

  @Test
  void fiveResourcesThatFailAlikePauseTheOthers() {
    // When
    List<Optional<Pause>> pauses =
        IntStream.range(0, 6).mapToObj(i -> breaker.ended("uid-" + i, CODE)).toList();

    // Then
    Pause pause = new Pause(CODE, 5, 5, Duration.ofMinutes(5));
    assertThat(pauses.subList(0, 4)).allMatch(Optional::isEmpty);
    assertThat(pauses.get(4)).as("told once").contains(pause);
    assertThat(pauses.get(5)).isEmpty();
    assertThat(breaker.pause()).contains(pause);
    assertThat(breaker.mayUpdate("other", false)).isInstanceOf(Verdict.Paused.class);
  }

  @Test
  void oneResourceThatFailsAgainAndAgainPausesNobody() {
    // When
    for (int i = 0; i < 50; i++) {
      breaker.ended("uid", CODE);
    }

    // Then
    assertThat(breaker.pause()).isEmpty();
  }

  @Test
  void differentFailuresDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      breaker.ended("uid-" + i, "Code" + i % 5);
    }

    // Then
    assertThat(breaker.pause()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void failuresAmongAsManySuccessesDoNotCount(int failures) {
    // Given
    for (int i = 0; i < 20 - failures; i++) {
      breaker.ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < failures; i++) {
      breaker.ended("bad-" + i, CODE);
    }

    // Then
    assertThat(breaker.pause().isPresent()).isEqualTo(failures >= 10);
  }

  @Test
  void onlyTheLastTwentyCount() {
    // Given
    for (int i = 0; i < 1000; i++) {
      breaker.ended("good-" + i, null);
    }

    // When
    for (int i = 0; i < 10; i++) {
      breaker.ended("bad-" + i, CODE);
    }

    // Then
    assertThat(breaker.pause()).contains(new Pause(CODE, 10, 20, Duration.ofMinutes(5)));
  }

  @Test
  void aResourceThatWasMendedCountsNoLonger() {
    // When
    for (int i = 0; i < 10; i++) {
      breaker.ended("uid-" + i, CODE);
      breaker.ended("uid-" + i, null);
    }

    // Then
    assertThat(breaker.pause()).isEmpty();
  }

  @Test
  void failuresOfAnotherHourDoNotAddUp() {
    // When
    for (int i = 0; i < 20; i++) {
      breaker.ended("uid-" + i, CODE);
      pass(Duration.ofMinutes(6));
    }

    // Then
    assertThat(breaker.pause()).isEmpty();
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
    Pause before = paused("other").pause();

    // When
    pass(Duration.ofMinutes(4));
    breaker.ended("straggler", CODE);
    breaker.ended("another straggler", null);

    // Then
    assertThat(paused("other").pause()).isEqualTo(before);
    assertThat(breaker.pause()).contains(before);
  }

  @Test
  void afterThePauseOneTriesForAll() {
    // Given
    trip();

    // When
    pass(Duration.ofMinutes(5));
    Verdict first = breaker.mayUpdate("probe", false);

    // Then
    assertThat(first).isEqualTo(new Verdict.Go());
    assertThat(breaker.mayUpdate("probe", false)).as("asks again").isEqualTo(new Verdict.Go());
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
    assertThat(breaker.pause()).isEmpty();
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
      breaker.ended("again-" + i, CODE);
    }
    Optional<Pause> fifth = breaker.ended("again-5", CODE);

    // Then
    assertThat(fifth).as("anew").contains(new Pause(CODE, 5, 5, Duration.ofMinutes(5)));
  }

  @Test
  void theSameFailurePausesTwiceAsLongUpToAnHour() {
    // Given
    List<Long> minutes = new ArrayList<>();
    Optional<Pause> pause = trip();

    // When
    for (int i = 0; i < 6; i++) {
      Duration length = pause.orElseThrow().length();
      minutes.add(length.toMinutes());
      pass(length);
      pause = probe("probe-" + i, CODE);
    }

    // Then
    assertThat(minutes).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    assertThat(pause).contains(new Pause(CODE, 11, 11, Duration.ofHours(1)));
    assertThat(paused("other").delay()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void anotherFailureLetsAnotherTry() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));

    // When
    Optional<Pause> again = probe("probe", "AccessDeniedException");

    // Then
    assertThat(again).isEmpty();
    assertThat(breaker.pause()).isPresent();
    assertThat(breaker.mayUpdate("other", false)).isEqualTo(new Verdict.Go());
  }

  @Test
  void aProbeThatNeverEndsIsReplaced() {
    // Given
    trip();
    pass(Duration.ofMinutes(5));
    breaker.mayUpdate("lost", false);

    // When
    pass(Duration.ofMinutes(2));
    Verdict before = breaker.mayUpdate("other", false);
    pass(Duration.ofNanos(1));
    Verdict after = breaker.mayUpdate("other", false);

    // Then
    assertThat(before).isInstanceOf(Verdict.Paused.class);
    assertThat(after).isEqualTo(new Verdict.Go());
  }

  @Test
  void whatAPersonAsksForGoesThroughOneAtATime() {
    // Given
    trip();

    // When
    Verdict first = breaker.mayUpdate("asked", true);
    Verdict second = breaker.mayUpdate("asked too", true);

    // Then
    assertThat(first).isEqualTo(new Verdict.Go());
    assertThat(second)
        .isInstanceOfSatisfying(
            Verdict.Paused.class,
            paused -> assertThat(paused.delay()).isLessThan(Duration.ofSeconds(11)));
    assertThat(breaker.mayUpdate("other", false)).isInstanceOf(Verdict.Paused.class);
  }

  @Test
  void whatAPersonAskedForEndsThePauseWhereItSucceeds() {
    // Given
    trip();
    breaker.mayUpdate("asked", true);
    breaker.sent("asked");

    // When
    breaker.ended("asked", null);

    // Then
    assertThat(breaker.pause()).isEmpty();
  }

  @Test
  void whatAPersonAskedForMakesThePauseNoLongerWhereItFails() {
    // Given
    Optional<Pause> pause = trip();
    breaker.mayUpdate("asked", true);

    // When
    Optional<Pause> again = breaker.ended("asked", CODE);

    // Then
    assertThat(again).isEmpty();
    assertThat(breaker.pause()).isEqualTo(pause);
    assertThat(breaker.mayUpdate("asked too", true)).isEqualTo(new Verdict.Go());
  }

  @Test
  void aPersonReleasesIt() {
    // Given
    trip();

    // When
    boolean wasPaused = breaker.release();

    // Then
    assertThat(wasPaused).isTrue();
    assertThat(breaker.release()).isFalse();
    assertThat(breaker.pause()).isEmpty();
    assertThat(breaker.ended("uid-9", CODE)).as("old failures are forgotten").isEmpty();
    assertThat(go("uid-", 100)).hasSize(10);
  }

  @Test
  void tenGoUnprovenAndTwoMoreWithEachSuccess() {
    // Given
    Set<String> first = go("uid-", 100);
    first.forEach(breaker::sent);

    // When
    first.stream().limit(3).forEach(uid -> breaker.ended(uid, null));
    Set<String> then = go("more-", 100);

    // Then
    assertThat(first).hasSize(10);
    assertThat(then).hasSize(9);
    assertThat(breaker.unsettled()).isEqualTo(16);
    assertThat(breaker.mayUpdate(first.stream().skip(3).findFirst().orElseThrow(), false))
        .as("is counted already")
        .isEqualTo(new Verdict.Go());
  }

  @Test
  void whoWaitsComesBackSoonButNotAllAtOnce() {
    // Given
    go("uid-", 10);

    // When
    List<Duration> delays =
        IntStream.range(0, 200)
            .mapToObj(i -> ((Verdict.Wait) breaker.mayUpdate("other-" + i, false)).delay())
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
    breaker.sent("a");
    for (int i = 0; i < 100; i++) {
      breaker.ended("good-" + i, null);
    }
    pass(Duration.ofMinutes(9));
    int busy = go("first-", 100).size();
    breaker.sent("first-0");

    // When
    pass(Duration.ofMinutes(10));

    // Then
    assertThat(busy).isEqualTo(100);
    assertThat(go("then-", 100)).hasSize(10);
  }

  @Test
  void whatProvedGoodIsNotLimited() {
    // Given
    breaker.sent("a");
    for (int i = 0; i < 500; i++) {
      breaker.ended("good-" + i, null);
    }

    // Then
    assertThat(go("uid-", 3000)).hasSize(3000);
  }

  @Test
  void updatesThatNeverEndAreForgottenAfterTwoMinutes() {
    // Given
    go("uid-", 10).forEach(breaker::sent);

    // When
    pass(Duration.ofMinutes(2));
    int before = breaker.unsettled();
    pass(Duration.ofNanos(1));

    // Then
    assertThat(before).isEqualTo(10);
    assertThat(breaker.unsettled()).isZero();
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

  private Optional<Pause> trip() {
    Optional<Pause> pause = Optional.empty();
    for (int i = 0; i < 5; i++) {
      pause = breaker.ended("bad-" + i, CODE);
    }
    assertThat(pause).isPresent();
    return pause;
  }

  private Optional<Pause> probe(String uid, @Nullable String failureCode) {
    assertThat(breaker.mayUpdate(uid, false)).isEqualTo(new Verdict.Go());
    breaker.sent(uid);
    return breaker.ended(uid, failureCode);
  }

  private Verdict.Paused paused(String uid) {
    return (Verdict.Paused) breaker.mayUpdate(uid, false);
  }

  /** Those of so many who may go. */
  private Set<String> go(String name, int asking) {
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < asking; i++) {
      if (breaker.mayUpdate(name + i, false) instanceof Verdict.Go) {
        gone.add(name + i);
      }
    }
    return gone;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
