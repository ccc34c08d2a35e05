package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.RestoreFinalizer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deletions that are older than their timeout, and what is waited for after it. */
final class LateRestoreTest {

  private static final Duration TIMEOUT = RestoredResource.TIMEOUT;

  private final RestoredResource restored = new RestoredResource();

  @ParameterizedTest
  @MethodSource("undecided")
  void anOldDeletionThatHasToWaitFirstIsTriedAfterwards(Requeue requeue) {
    // Given: nobody led for longer than the timeout, or the operator's clock is ahead
    restored.resource.at(ManagedResource.NOW.plus(TIMEOUT).plus(TIMEOUT));

    // When
    Verdict verdict = restored.run((reconciliation, step) -> Verdict.lookAgain(step, requeue));
    restored.pass(TIMEOUT);
    Verdict later = restored.run((reconciliation, step) -> Verdict.lookAgain(step, requeue));

    // Then
    assertThat(List.of(verdict, later)).allMatch(Verdict.LookAgain.class::isInstance);
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
    assertThat(restored.events.all).isEmpty();
    restored.assertThatItIsLetGo(
        restored.run(RestoredResource.decides(new Decision.InSync(TIMEOUT))));
    assertThat(restored.events.all).isEmpty();
  }

  static List<Requeue> undecided() {
    return List.of(
        new Requeue.After(Duration.ofSeconds(30)), new Requeue.WhenGranted(Duration.ofSeconds(1)));
  }

  @Test
  void whatItWaitedForIsTheReasonWhereItIsNeverTried() {
    // Given
    Gate identity =
        (reconciliation, step) -> Verdict.lookAgain(step, new Requeue.After(Duration.ZERO));
    restored.run(identity);
    restored.pass(TIMEOUT.plus(RestoreDeadline.UNTRIED));

    // When
    Verdict verdict = restored.run(identity);

    // Then
    restored.assertThatItIsLetGo(verdict);
    assertThat(restored.events.all)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.message()).contains("credentials").doesNotContain("the status"));
  }

  @Test
  void anUpdateThatAwsAppliesAtTheDeadlineIsWaitedForAndNotForEver() {
    // Given
    restored.run(RestoredResource.applying());
    restored.pass(TIMEOUT);

    // When
    Verdict verdict = restored.run(RestoredResource.applying());

    // Then
    assertThat(verdict.step().decision()).isInstanceOf(Decision.InProgress.class);
    assertThat(restored.events.all).isEmpty();

    // And when
    restored.pass(RestoreDeadline.APPLYING);

    // Then
    restored.assertThatItIsLetGo(restored.run(RestoredResource.applying()));
    restored.assertThatTimeoutAloneIsAbandoned(Decider.UPDATE_IN_PROGRESS);
  }

  @Test
  void soIsOneThatAnotherProcessSentBefore() {
    // Given
    restored.resource.at(ManagedResource.NOW.plus(TIMEOUT));
    restored.resource.status.history =
        UpdateHistory.NONE
            .opened(
                List.of("timeout"),
                Cause.Restored,
                restored.resource.reconciliation().version(),
                "r1",
                ManagedResource.NOW)
            .records();
    restored.run(
        RestoredResource.decides(new Decision.InProgress(Decider.UPDATE_IN_PROGRESS, "", TIMEOUT)));
    restored.pass(TIMEOUT);

    // When
    Verdict verdict = restored.run(RestoredResource.waitsForItsTurn());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }

  @ParameterizedTest
  @MethodSource("firstAttempts")
  void aFirstAttemptThatComesLateIsNotTheLast(Gate attempt) {
    // Given: its requests have waited for the quota for longer than the timeout
    restored.run(RestoredResource.waitsForItsTurn());
    restored.pass(TIMEOUT.plusMinutes(40));

    // When
    restored.run(attempt);
    restored.pass(TIMEOUT.dividedBy(4));
    restored.run(attempt);

    // Then
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
    assertThat(restored.events.all).isEmpty();
    restored.pass(TIMEOUT.plus(RestoreDeadline.UNTRIED));
    restored.assertThatItIsLetGo(restored.run(attempt));
  }

  static List<Gate> firstAttempts() {
    return List.of(
        RestoredResource.applying(),
        RestoredResource.decides(new Decision.Retry("ServiceException", "later", TIMEOUT)),
        RestoredResource.decides(new Decision.Retry("TooManyRequestsException", "", TIMEOUT)));
  }

  @Test
  void aThrottledRequestIsStillOneThatWaitsForTheQuota() {
    // Given
    restored.run(
        RestoredResource.decides(new Decision.Retry("TooManyRequestsException", "", TIMEOUT)));
    restored.pass(TIMEOUT.plusMinutes(1));

    // When
    Verdict verdict = restored.run(RestoredResource.waitsForItsTurn());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }
}
