package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.status.NextStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The steps of a deletion, with each decision that a reconcile can come to. */
final class RestoreWorkflowTest {

  private static final Duration TIMEOUT = RestoredResource.TIMEOUT;

  private final RestoredResource restored = new RestoredResource();

  @Test
  void aResourceWithoutBaselineIsLetGoUntouched() {
    // Given
    restored.resource.status.baseline = null;

    // When
    Verdict verdict = restored.run(RestoredResource.decides(new Decision.InSync(TIMEOUT)));

    // Then
    restored.assertThatItIsLetGo(verdict);
    assertThat(restored.events.all).isEmpty();
  }

  @Test
  void theFieldsAreWantedAsTheyWere() {
    // When
    restored.run(
        (reconciliation, step) -> {
          assertThat(reconciliation.isRestoring()).isTrue();
          assertThat(
                  Diff.between(reconciliation.managed(), TestSpecs.function("{Timeout: 9}"))
                      .request()
                      .toString())
              .contains("Timeout=3");
          return Verdict.decide(step, new Decision.InSync(TIMEOUT));
        });

    // Then
    assertThat(restored.kubernetes.finalizers).isEmpty();
  }

  @Test
  void aFunctionThatIsGoneHoldsNothingUp() {
    restored.assertThatItIsLetGo(
        restored.run(
            RestoredResource.decides(
                new Decision.Stalled(Decider.FUNCTION_NOT_FOUND, "gone", TIMEOUT))));
  }

  @Test
  void anObstacleIsReportedUntilTheDeadline() {
    // When
    Verdict verdict =
        restored.run(
            RestoredResource.decides(
                new Decision.Stalled("AccessDenied", "no", TIMEOUT.plus(TIMEOUT))));

    // Then
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            waiting -> {
              assertThat(waiting.reason()).isEqualTo(NextStatus.RESTORING);
              assertThat(waiting.message()).contains("AccessDenied");
              assertThat(waiting.requeueAfter()).isEqualTo(TIMEOUT);
            });
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }

  @Test
  void atTheDeadlineTheFieldsThatStillDifferAreReportedAndTheResourceLetGo() {
    // Given
    restored.run(RestoredResource.decides(new Decision.Stalled("AccessDenied", "no", TIMEOUT)));
    restored.pass(TIMEOUT);

    // When
    Verdict verdict =
        restored.run(RestoredResource.decides(new Decision.Stalled("AccessDenied", "no", TIMEOUT)));

    // Then
    restored.assertThatItIsLetGo(verdict);
    restored.assertThatTimeoutAloneIsAbandoned("AccessDenied");
  }

  @Test
  void soAreTheyWhereTheStatusIsRefused() {
    // Given
    restored.run(RestoredResource.refusedStatus());
    restored.pass(TIMEOUT);

    // When
    Verdict verdict = restored.run(RestoredResource.refusedStatus());

    // Then
    restored.assertThatItIsLetGo(verdict);
    restored.assertThatTimeoutAloneIsAbandoned("status");
  }

  @Test
  void aRefusedStatusFailsTheReconcileBeforeTheDeadline() {
    // When
    Verdict verdict = restored.run(RestoredResource.refusedStatus());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    assertThat(restored.kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }

  @Test
  void aCallThatWaitsForItsTurnAtTheDeadlineIsGivenUp() {
    // Given
    restored.run(
        RestoredResource.decides(new Decision.Retry("ServiceException", "later", TIMEOUT)));
    restored.pass(TIMEOUT);

    // When
    Verdict verdict = restored.run(RestoredResource.waitsForItsTurn());

    // Then
    restored.assertThatItIsLetGo(verdict);
    restored.assertThatTimeoutAloneIsAbandoned("before that: ServiceException: later");
  }
}
