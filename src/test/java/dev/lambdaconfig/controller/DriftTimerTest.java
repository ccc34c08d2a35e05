package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Step;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of passes. */
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

  private static final class Silent implements EventRecorder {
    @Override
    public void record(LambdaFunctionConfig about, Notice notice) {}

    @Override
    public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {}

    @Override
    public void close() {}
  }

  /** Takes every status. */
  private static final class Kept implements StatusStore {
    private @Nullable LambdaFunctionConfigStatus status;
    private Written answer = Written.DONE;

    @Override
    public Known known(LambdaFunctionConfig resource) {
      return new Known(status, "1");
    }

    @Override
    public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus next) {
      if (answer == Written.DONE) {
        status = next;
      }
      return answer;
    }

    @Override
    public void forget(LambdaFunctionConfig resource) {}
  }

  private long now;
  private final RecordingListener recorded = new RecordingListener();
  private final Kept statuses = new Kept();
  private final DriftTimer meter = new DriftTimer(recorded, () -> now);

  private Pass pass() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setGeneration(1L);
    return new Pass(resource, statuses, new Silent(), RetryState.NONE, Instant.EPOCH);
  }

  private void passed(Decision... decisions) {
    Pass pass = pass();
    for (Decision decision : decisions) {
      pass.decide(decision);
    }
    meter.passed(pass);
  }

  private static Decision.Update update(Cause cause) {
    return new Decision.Update(PLAN, "r1", cause);
  }

  @Test
  void aPassCountsByItsLastDecision() {
    // When
    passed(new Decision.Observed(PLAN, OperatorMode.ENFORCE, SOON));
    passed(new Decision.InProgress("Updating", "", SOON));
    passed(new Decision.Retry("ServiceException", "", SOON));
    passed(new Decision.Retry("ServiceException", "", SOON), IN_SYNC);
    passed(new Decision.Stalled("AccessDeniedException", "", SOON));
    passed(new Decision.Paused("", SOON));

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
  void aPassThatWasOvertakenCountsForNothing() {
    // When
    passed();
    passed(update(Cause.SpecChanged));

    // Then
    assertThat(recorded.decided).isEmpty();
  }

  @Test
  void aPassThatWaitsForItsTurnIsPostponed() {
    // Given
    Pass pass = pass();
    pass.decide(update(Cause.SpecChanged));
    pass.postponed();

    // When
    meter.passed(pass);

    // Then
    assertThat(recorded.decided).containsExactly(ReconcileOutcome.Postponed);
  }

  @Test
  void aDriftIsTimedFromWhenTheSweepSawIt() {
    // Given
    meter.changed("uid");
    now += Duration.ofSeconds(2).toNanos();
    passed(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(1).toNanos();
    passed(new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(recorded.drifts).isEmpty();

    // When
    passed(IN_SYNC);
    passed(IN_SYNC);

    // Then
    assertThat(recorded.drifts).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void aDriftThatAPassFoundIsTimedFromThere() {
    // Given
    passed(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    now += Duration.ofSeconds(3).toNanos();

    // When
    passed(IN_SYNC);

    // Then
    assertThat(recorded.drifts).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void aChangeOfWhatNobodyManagesIsNoDrift() {
    // Given
    meter.changed("uid");

    // When
    passed(IN_SYNC);

    // Then
    assertThat(recorded.drifts).isEmpty();
    // And it is forgotten by the time that there is one.
    now += Duration.ofHours(1).toNanos();
    passed(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));
    passed(IN_SYNC);
    assertThat(recorded.drifts).containsExactly(Duration.ZERO);
  }

  @Test
  void whatIsOnlyObservedIsNotPutRight() {
    // Given
    passed(update(Cause.DriftCorrected), new Decision.InProgress("Updating", "", SOON));

    // When
    passed(new Decision.Observed(PLAN, OperatorMode.OBSERVE, SOON));
    passed(IN_SYNC);

    // Then
    assertThat(recorded.drifts).isEmpty();
  }

  @Test
  void anUpdateThatAwsRefusesEndsOnce() {
    // Given
    Pass pass = pass();
    pass.decide(update(Cause.SpecChanged));
    assertThat(pass.writeAhead(update(Cause.SpecChanged), false))
        .isEqualTo(StatusStore.Written.DONE);
    Decision.Stalled stalled = new Decision.Stalled("InvalidParameterValueException", "", SOON);
    pass.tookUpdate(
        update(Cause.SpecChanged),
        new Answer.Failed(new Failure("InvalidParameterValueException", "", 400, null)),
        new Step(stalled, PLAN, ended("InvalidParameterValueException"), RetryState.NONE));
    pass.writeStatus();

    // When
    meter.passed(pass);

    // Then
    assertThat(recorded.updates).containsExactly("SpecChanged Refused");
    assertThat(recorded.decided).containsExactly(ReconcileOutcome.Update);
  }

  @Test
  void anUpdateThatEndsLaterIsToldWhenTheStatusIs() {
    // Given
    Pass first = pass();
    first.decide(update(Cause.DriftCorrected));
    first.writeAhead(update(Cause.DriftCorrected), false);
    meter.passed(first);
    Pass second = pass();
    second.give(new Step(IN_SYNC, null, ended("Succeeded"), RetryState.NONE));
    statuses.answer = StatusStore.Written.STALE;
    second.writeStatus();
    meter.passed(second);
    assertThat(recorded.updates).as("the status does not say so yet").isEmpty();

    // When
    statuses.answer = StatusStore.Written.DONE;
    Pass third = pass();
    third.give(new Step(IN_SYNC, null, ended("Succeeded"), RetryState.NONE));
    third.writeStatus();
    meter.passed(third);

    // Then
    assertThat(recorded.updates).containsExactly("DriftCorrected Succeeded");
  }

  @Test
  void anUpdateThatAwsTookAndCouldNotCarryOutHasFailed() {
    // Given
    Pass first = pass();
    first.decide(update(Cause.Retried));
    first.writeAhead(update(Cause.Retried), false);
    Pass second = pass();
    second.give(
        new Step(
            new Decision.Stalled("InvalidSubnet", "", SOON),
            null,
            ended("InvalidSubnet"),
            RetryState.NONE));

    // When
    second.writeStatus();
    meter.passed(second);

    // Then
    assertThat(recorded.updates).containsExactly("Retried Failed");
  }

  /** The history with the update that was told ahead, ended. */
  private UpdateHistory ended(String outcome) {
    return UpdateHistory.of(statuses.status).endedWith(outcome, "r2");
  }
}
