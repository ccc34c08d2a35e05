package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outcome of each decision, by the name that metrics have. */
final class ReconcileOutcomeTest {

  private static final Duration DELAY = Duration.ofMinutes(1);

  @Test
  void isOfEachDecisionThatEndsAReconcile() {
    // Given
    List<Decision> terminal =
        List.of(
            new Decision.InSync(DELAY),
            new Decision.Observed(Plan.NOTHING, OperatorMode.OBSERVE, DELAY),
            new Decision.InProgress("UpdateInProgress", "", DELAY),
            new Decision.Retry("Throttled", "", DELAY),
            new Decision.Stalled("Denied", "", DELAY),
            new Decision.Paused("", DELAY));

    // Then
    assertThat(terminal)
        .extracting(ReconcileOutcome::of)
        .containsExactly(
            ReconcileOutcome.InSync,
            ReconcileOutcome.Observed,
            ReconcileOutcome.Wait,
            ReconcileOutcome.Retry,
            ReconcileOutcome.Stalled,
            ReconcileOutcome.Paused);
  }

  @Test
  void isNoneOfADecisionThatEndsNone() {
    assertThat(ReconcileOutcome.of(new Decision.ReadAgain())).isNull();
    assertThat(ReconcileOutcome.of(new Decision.Update(Plan.NOTHING, "r1", Cause.SpecChanged)))
        .isNull();
  }
}
