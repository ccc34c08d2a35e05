package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listeners are told of reconciles. */
final class DriftTimerTest {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Decision IN_SYNC = new Decision.InSync(SOON);
  private static final Plan PLAN =
      new Plan(List.of("timeout"), List.of(), new TreeMap<>(), List.of(), false);

  /** Writes down what it is told. */
  private static final class RecordingListener implements ReconcileListener {
    private final List<ReconcileOutcome> decided = new ArrayList<>();
    private final List<String> updates = new ArrayList<>();
    private final List<Duration> drifts = new ArrayList<>();

    @Override
    public void decided(ReconcileOutcome outcome) {
      decided.add(outcome);
    }

    @Override
    public void ended(Duration took, boolean failed) {}

    @Override
    public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {
      updates.add(cause + " " + outcome);
    }

    @Override
    public void driftSettled(Duration after) {
      drifts.add(after);
    }
  }

  private long now;
  private final RecordingListener recorded = new RecordingListener();
  private final DriftTimer timer = new DriftTimer(recorded, () -> now);
  private final ResourceState state = new ResourceState(new LambdaFunctionConfig());

  private void reconciled(Decision... decisions) {
    Step step = Steps.START;
    for (Decision decision : decisions) {
      step = step.decided(decision);
    }
    timer.reported(state, ReconcileReport.decided(step, new Requeue.OnEvent()));
  }

  private static Decision.Update update(Cause cause) {
    return new Decision.Update(PLAN, "r1", cause);
  }

  @Test
  void aReconcileCountsByItsLastDecision() {
    // When
    reconciled(new Decision.Observed(PLAN, OperatorMode.ENFORCE, SOON));
    reconciled(new Decision.InProgress("Updating", "", SOON));
    reconciled(new Decision.Retry("ServiceException", "", SOON));
    reconciled(new Decision.Retry("ServiceException", "", SOON), IN_SYNC);
    reconciled(new Decision.Stalled("AccessDeniedException", "", SOON));
    reconciled(new Decision.Paused("", SOON));

    // Then
    assertThat(recorded.decided)
        .containsExactly(
            ReconcileOutcome.Observed,
            ReconcileOutcome.Wait,
            ReconcileOutcome.Retry,
            ReconcileOutcome.InSync,
            ReconcileOutcome.Stalled,
            ReconcileOutcome.Paused);
  }

  @Test
  void aReconcileThatWasOvertakenCountsForNothing() {
    // When
    reconciled();
    reconciled(update(Cause.SpecChanged));

    // Then
    assertThat(recorded.decided).isEmpty();
  }

  @Test
  void aReconcileThatWaitsForItsTurnIsPostponed() {
    // Given
    Step step = Steps.START.decided(update(Cause.SpecChanged));

    // When
    timer.reported(state, ReconcileReport.postponed(step, new Requeue.WhenGranted(SOON)));

    // Then
    assertThat(recorded.decided).containsExactly(ReconcileOutcome.Postponed);
  }

  @Test
  void aDriftIsTimedFromWhenTheSweepSawIt() {
    // Given
    timer.changed(state);
    now += Duration.ofSeconds(2).toNanos();
    reconciled(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(1).toNanos();
    reconciled(new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(recorded.drifts).isEmpty();

    // When
    reconciled(IN_SYNC);
    reconciled(IN_SYNC);

    // Then
    assertThat(recorded.drifts).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void aDriftThatAReconcileFoundIsTimedFromThere() {
    // Given
    reconciled(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(3).toNanos();

    // When
    reconciled(IN_SYNC);

    // Then
    assertThat(recorded.drifts).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void aChangeOfWhatNobodyManagesIsNoDrift() {
    // Given
    timer.changed(state);

    // When
    reconciled(IN_SYNC);

    // Then
    assertThat(recorded.drifts).isEmpty();
    // And it is forgotten by the time that there is one.
    now += Duration.ofHours(1).toNanos();
    reconciled(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    reconciled(IN_SYNC);
    assertThat(recorded.drifts).containsExactly(Duration.ZERO);
  }

  @Test
  void whatIsOnlyObservedIsNotPutRight() {
    // Given
    reconciled(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));

    // When
    reconciled(new Decision.Observed(PLAN, OperatorMode.OBSERVE, SOON));
    reconciled(IN_SYNC);

    // Then
    assertThat(recorded.drifts).isEmpty();
  }
}
