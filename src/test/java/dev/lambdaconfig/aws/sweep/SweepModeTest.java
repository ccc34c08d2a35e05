package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.SweepRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a sweep between listing functions and reading each. */
final class SweepModeTest {

  private static final Failure DENIED =
      new Failure("AccessDeniedException", "not authorized", 403, null);

  private final SweepRun run = new SweepRun();

  @Test
  void withoutThePermissionEachFunctionIsReadAndThatIsSaidOnce() {
    // Given
    run.functions(120, 120);
    for (int i = 0; i < 10; i++) {
      run.account.failures.add(DENIED);
    }

    // When
    run.runFor(Duration.ofHours(3));

    // Then: it is tried again once an hour
    assertThat(run.reports.refused).containsExactly("AccessDeniedException");
    assertThat(run.reports.readEach.stream().distinct()).hasSize(120);
    assertThat(run.sweep.mode().isListing()).isFalse();
    assertThat(run.account.calls.size()).isBetween(3, 4);
    assertThat(run.sweep.state().listing()).isFalse();
    assertThat(run.sweep.state().refused()).isTrue();
  }

  @Test
  void aRefusedListThatIsNotNeededAnyMoreIsNoTrouble() {
    // Given
    run.functions(120, 2);
    run.account.failures.add(DENIED);
    run.runFor(MINUTE.multipliedBy(5));
    assertThat(run.sweep.state().refused()).isTrue();

    // When
    run.watched.forget("uid1");
    run.runFor(MINUTE);

    // Then
    assertThat(run.sweep.state().refused()).isFalse();

    // When
    run.manage(1, 2);

    // Then
    assertThat(run.sweep.state().refused()).isTrue();
  }

  @Test
  void functionsThatManifestsInventMakeTheReadsOfOthersNoRarer() {
    // Given
    run.functions(20, 20);
    for (int i = 0; i < 5_000; i++) {
      run.watched.watch("invented-" + i, "invented-" + i, null, null, run.now);
    }
    run.account.failures.add(DENIED);

    // When
    run.runFor(MINUTE);

    // Then
    assertThat(run.reports.within.get("uid7")).isEqualTo(MINUTE);
    assertThat(run.reports.within.get("invented-7")).isGreaterThan(MINUTE.multipliedBy(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UnrecognizedClientException", "InvalidSignatureException", "HTTP403"})
  void aRefusalThatIsNotOfRightsStopsTheListForAMomentOnly(String code) {
    // Given
    run.functions(120, 120);
    run.account.failures.add(new Failure(code, "no", 403, null));

    // When
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.rounds).isPositive();
  }

  @Test
  void aPermissionThatIsGrantedLaterIsUsed() {
    // Given
    run.functions(120, 120);
    run.account.failures.add(DENIED);
    run.runFor(MINUTE.multipliedBy(5));
    assertThat(run.sweep.mode().isListing()).isFalse();

    // When
    run.runFor(Duration.ofHours(1));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.rounds).isPositive();
    assertThat(run.sweep.state().refused()).isFalse();
    assertThat(run.sweep.state().age()).isLessThan(MINUTE.multipliedBy(2));
    assertThat(run.sweep.state().expected()).isEqualTo(MINUTE);
  }

  @Test
  void aRegionThatIsListedAgainIsNotBehind() {
    // Given: nothing is listed for hours
    run.functions(120, 1);
    run.runFor(Duration.ofHours(3));
    assertThat(run.sweep.state().listing()).isFalse();
    run.manage(1, 120);

    // When
    run.step();

    // Then
    assertThat(run.sweep.state().listing()).isTrue();
    assertThat(run.sweep.state().age()).isLessThan(MINUTE);
  }

  @Test
  void fewFunctionsOfALargeAccountAreReadOneByOne() {
    // Given 200 pages, and three functions that matter
    run.functions(10_000, 3);

    // When
    run.runFor(Duration.ofHours(2));

    // Then: it found out by no more calls than it has functions
    assertThat(run.account.calls).hasSize(3);
    assertThat(run.sweep.mode().isListing()).isFalse();
    assertThat(run.reports.readEach).containsOnly("uid0", "uid1", "uid2");
  }

  @Test
  void whenMoreOfALargeAccountIsManagedItIsListed() {
    // Given
    run.functions(10_000, 3);
    run.runFor(MINUTE.multipliedBy(5));

    // When
    run.manage(3, 400);
    run.runFor(MINUTE.multipliedBy(5));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.rounds).isPositive();
  }

  @Test
  void aResourceThatComesFirstIsNotTakenForTheOnlyOne() {
    // Given the first of many after a start
    run.functions(120, 1);
    Duration next = run.sweep.step();
    boolean mayList = run.sweep.mode().mayList();

    // When the others have come
    run.now += next.toNanos();
    run.manage(1, 120);
    run.runFor(Duration.ofSeconds(5));

    // Then
    assertThat(mayList).isTrue();
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.readEach).isEmpty();
  }

  @Test
  void whoWentByTheListWhileItEndedIsToldAgain() {
    // Given a reconcile that ran while the permission was lost, and has set its alarm since
    run.functions(120, 120);
    run.runFor(MINUTE.multipliedBy(2));
    run.account.failures.add(DENIED);
    while (run.reports.readEach.isEmpty()) {
      run.step();
    }
    run.reports.readEach.clear();

    // When
    run.runFor(MINUTE);

    // Then
    assertThat(run.reports.readEach.stream().distinct()).hasSize(120);
  }

  @Test
  void aSingleFunctionIsNeverListed() {
    // Given
    run.functions(10, 1);

    // When
    run.runFor(Duration.ofHours(1));

    // Then
    assertThat(run.account.calls).isEmpty();
    assertThat(run.sweep.reads().between("uid0")).isEqualTo(MINUTE);
  }

  @Test
  void readingEachTakesNoMoreThanItsShareEither() {
    // Given
    run.functions(1000, 1000);
    run.account.failures.add(DENIED);

    // When
    run.runFor(Duration.ofSeconds(1));

    // Then: a tenth of 90 GetFunction calls a second, for resources that wait nine tenths of it
    assertThat(run.sweep.reads().between("uid0"))
        .isBetween(Duration.ofSeconds(123), Duration.ofSeconds(124));
  }
}
