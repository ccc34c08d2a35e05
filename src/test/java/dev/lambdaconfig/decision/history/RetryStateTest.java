package dev.lambdaconfig.decision.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of a resource between two reconciles. */
final class RetryStateTest {

  private static final Instant T0 = Instant.parse("2026-11-26T03:00:00Z");
  private static final Instant T1 = T0.plusSeconds(10);
  private static final Instant T2 = T1.plusSeconds(10);

  @Nested
  final class WhileAwsIsAtWork {

    @Test
    void beginsWithTheFirstReadThatFindsIt() {
      // When
      RetryState busy = RetryState.NONE.busy(T0, "u1").busy(T1, "u1");

      // Then
      assertThat(busy.polls()).isEqualTo(2);
      assertThat(busy.busySince()).isEqualTo(T0);
      assertThat(busy.runningSince()).isEqualTo(T0);
      assertThat(busy.isQuiet()).isFalse();
    }

    @Test
    void anotherUpdateRunsSinceItWasSeen() {
      // When
      RetryState busy = RetryState.NONE.busy(T0, "u1").busy(T1, null).busy(T2, "u2");

      // Then
      assertThat(busy.busySince()).isEqualTo(T0);
      assertThat(busy.runningSince()).isEqualTo(T2);
    }

    @Test
    void aReadThatDoesNotNameTheUpdateIsOfTheSame() {
      // When
      RetryState busy = RetryState.NONE.busy(T0, null).busy(T1, "u1").busy(T2, "u1");

      // Then
      assertThat(busy.runningSince()).isEqualTo(T0);
    }

    @Test
    void thePollsGoOnAfterARestUntilTheFunctionIsInSync() {
      // When
      RetryState rested = RetryState.NONE.busy(T0, "u1").polled().settled();

      // Then
      assertThat(rested.polls()).isEqualTo(2);
      assertThat(rested.busySince()).isNull();
      assertThat(rested.stalled().polls()).isZero();
      assertThat(rested.atRest().polls()).isZero();
    }

    @Test
    void anAcceptedUpdateRunsSinceItWasSent() {
      // When
      RetryState accepted = RetryState.NONE.unread().accepted("m1", T1, null);

      // Then
      assertThat(accepted.polls()).isEqualTo(1);
      assertThat(accepted.runningSince()).isEqualTo(T1);
      assertThat(accepted.unreadable()).isZero();
      assertThat(accepted.settled().accepted()).isNull();
    }
  }

  @Nested
  final class AfterFailures {

    @Test
    void countsThemWhateverTheirCodes() {
      // When
      RetryState failed =
          RetryState.NONE.failed(1, "Throttled", T0).failed(1, "Throttled", T1).failed(1, "No", T2);

      // Then
      assertThat(failed.failures()).isEqualTo(3);
      assertThat(failed.failingFor(T2.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aCodeThatStaysFailsSinceItsFirstTime() {
      // When
      RetryState failed = RetryState.NONE.failed(1, "Throttled", T0).failed(1, "Throttled", T2);

      // Then
      assertThat(failed.failingFor(T2)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anotherSpecBeginsAnew() {
      // When
      RetryState failed = RetryState.NONE.failed(1, "Throttled", T0).failed(2, "Throttled", T1);

      // Then
      assertThat(failed.failures()).isEqualTo(1);
      assertThat(failed.failingFor(T1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ResourceConflictException, 10", "ServiceException, 20"})
    void onlyConflictsAreInterruptedByWorkOfAws(String code, int seconds) {
      // When
      RetryState failed = RetryState.NONE.failed(1, code, T0).busy(T1, null);

      // Then
      assertThat(failed.failures()).isEqualTo(1);
      assertThat(failed.failingFor(T2)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void anAcceptedUpdateEndsTheWaitButNotTheRow() {
      // Given
      RetryState.Held held =
          new RetryState.Held(
              DesiredVersion.of(1), "r1", "Denied", "no", new Pause(T0, RetryState.Held.PAUSE));

      // When
      RetryState accepted =
          RetryState.NONE
              .failed(1, "Denied", T0)
              .held(held)
              .resend(new Pause(T0, Duration.ofSeconds(3)))
              .accepted("m1", T1, null);

      // Then
      assertThat(accepted.failures()).isEqualTo(1);
      assertThat(accepted.resend()).isNull();
      assertThat(accepted.held()).isNull();
    }

    @Test
    void aRefusalEndsTheWaitForAnotherTry() {
      // Given
      RetryState.Held held =
          new RetryState.Held(
              DesiredVersion.of(1), "r1", "Denied", "no", new Pause(T0, RetryState.Held.PAUSE));

      // When
      RetryState refused = RetryState.NONE.resend(new Pause(T0, Duration.ofSeconds(3))).held(held);

      // Then
      assertThat(refused.resend()).isNull();
      assertThat(refused.held()).isEqualTo(held);
    }
  }

  @Nested
  final class AfterTheClockWasSetBack {

    @Test
    void nothingBeganInTheFuture() {
      // Given
      RetryState.Held held =
          new RetryState.Held(
              DesiredVersion.of(1), "r1", "Denied", "no", new Pause(T2, RetryState.Held.PAUSE));
      RetryState state =
          RetryState.NONE.failed(1, "Denied", T2).held(held).afresh(T2).busy(T2, "u1");

      // When
      RetryState now = state.by(T0);

      // Then
      assertThat(now.busySince()).isEqualTo(T0);
      assertThat(now.runningSince()).isEqualTo(T0);
      assertThat(now.failingFor(T1)).isEqualTo(Duration.ofSeconds(10));
      assertThat(requireNonNull(now.held()).pause())
          .isEqualTo(new Pause(T0, RetryState.Held.PAUSE));
      assertThat(now.driftCorrections().afresh()).isEqualTo(T0);
    }

    @Test
    void whatBeganInThePastStays() {
      // Given
      RetryState state = RetryState.NONE.failed(1, "Denied", T0).busy(T0, "u1");

      // Then
      assertThat(state.by(T1)).isEqualTo(state);
    }
  }

  @Nested
  final class AfterARestart {

    @Test
    void aRefusedUpdateIsHeldAsLongAsBefore() {
      // When
      RetryState state = RetryState.afterRestart(history(1L, "r1", "Denied"), "Denied", "no", T1);

      // Then
      assertThat(state.held())
          .isEqualTo(
              new RetryState.Held(
                  DesiredVersion.of(1),
                  "r1",
                  "Denied",
                  "no",
                  new Pause(T0, RetryState.Held.PAUSE)));
    }

    @ParameterizedTest
    @CsvSource({
      ", r1, Denied, Denied, no",
      "1, , Denied, Denied, no",
      "1, r1, Succeeded, Denied, no",
      "1, r1, , Denied, no",
      "1, r1, Denied, , no",
      "1, r1, Denied, Denied,"
    })
    void aStatusThatLacksAMemberHoldsNothing(
        @Nullable Long generation,
        @Nullable String revision,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String message) {
      assertThat(
              RetryState.afterRestart(history(generation, revision, outcome), reason, message, T1))
          .isEqualTo(RetryState.NONE);
    }

    @Test
    void aTimeOfTheFutureHoldsNothing() {
      assertThat(
              RetryState.afterRestart(
                  history(1L, "r1", "Denied"), "Denied", "no", T0.minusSeconds(1)))
          .isEqualTo(RetryState.NONE);
    }

    private static UpdateHistory history(
        @Nullable Long generation, @Nullable String revision, @Nullable String outcome) {
      return new UpdateHistory(
          List.of(
              new UpdateRecord(
                  T0.toString(),
                  List.of("timeout"),
                  "SpecChanged",
                  generation,
                  revision,
                  outcome,
                  null)));
    }
  }

  @Nested
  final class OfCorrectionsOfDrift {

    @Test
    void keepsTheSameValuesOnce() {
      // When
      RetryState state = RetryState.NONE.puttingBack(T0, Map.of("timeout", 1));

      // Then
      assertThat(state.puttingBack(T1, Map.of("timeout", 1))).isEqualTo(state);
      assertThat(state.puttingBack(T1, Map.of("timeout", 2)).driftCorrections().found()).hasSize(2);
    }

    @Test
    void keepsTheNewestTen() {
      // When
      RetryState state = RetryState.NONE;
      for (int i = 0; i < 15; i++) {
        state = state.puttingBack(T0.plusSeconds(i), Map.of("timeout", i));
      }

      // Then
      assertThat(state.driftCorrections().found()).hasSize(10);
      assertThat(state.driftCorrections().at("timeout", T0.plusSeconds(14))).isEqualTo(14);
      assertThat(state.driftCorrections().at("timeout", T0)).isNull();
      assertThat(state.driftCorrections().at("memorySize", T0.plusSeconds(14))).isNull();
    }

    @Test
    void countsThoseSinceTheFunctionWasDeployedAnew() {
      // When
      DriftCorrections corrections = RetryState.NONE.afresh(T1).driftCorrections();

      // Then
      assertThat(corrections.counts(T0)).isFalse();
      assertThat(corrections.counts(T1)).isTrue();
      assertThat(DriftCorrections.NONE.counts(T0)).isTrue();
    }
  }
}
