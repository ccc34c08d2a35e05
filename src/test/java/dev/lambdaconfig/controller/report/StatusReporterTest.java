package dev.lambdaconfig.controller.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Unreported;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written, remembered and counted at the end of a reconcile. */
final class StatusReporterTest {

  private static final Duration DELAY = Duration.ofMinutes(1);
  private static final Decision IN_SYNC = new Decision.InSync(DELAY);
  private static final Plan PLAN =
      new Plan(List.of("timeout"), List.of(), new TreeMap<>(), List.of(), false);
  private static final RetryState LEARNED = RetryState.NONE.afresh(Instant.EPOCH);

  private final List<String> counted = new ArrayList<>();
  private final List<String> reported = new ArrayList<>();
  private final ResourceState state = new ResourceState(resource());
  private final Statuses statuses = new Statuses();
  private long nanos;

  private final StatusReporter reporter =
      new StatusReporter(
          statuses,
          new ChangeReporter(new NoEvents()),
          new DriftTimer(new Counting(), () -> nanos),
          new ConflictBackoff(() -> 1),
          (reconciliation, step) -> reported.add(reconciliation.uid()));

  @Test
  void aDecisionIsWrittenRememberedAndCounted() {
    // When
    ReconcileReport report = reporter.report(reconciliation(), decided(IN_SYNC));

    // Then
    assertThat(statuses.writes).isEqualTo(1);
    assertThat(report.requeue()).isEqualTo(new Requeue.After(DELAY));
    assertThat(counted).containsExactly("InSync");
    assertThat(reported).containsExactly("uid");
    assertThat(recalled()).isEqualTo(LEARNED);
  }

  @Test
  void whatMeetsANewerVersionIsNeitherRememberedNorReported() {
    // Given
    statuses.answer = StatusStore.Written.STALE;

    // When
    ReconcileReport first = reporter.report(reconciliation(), decided(IN_SYNC));
    ReconcileReport second = reporter.report(reconciliation(), decided(IN_SYNC));

    // Then
    assertThat(first.requeue()).isEqualTo(new Requeue.After(Duration.ofMillis(500)));
    assertThat(second.requeue()).isEqualTo(new Requeue.After(Duration.ofSeconds(1)));
    assertThat(reported).isEmpty();
    assertThat(recalled()).isEqualTo(RetryState.NONE);
  }

  @Test
  void aResourceThatIsGoneIsNotRequeued() {
    // Given
    statuses.answer = StatusStore.Written.GONE;

    // Then
    assertThat(reporter.report(reconciliation(), decided(IN_SYNC)).requeue())
        .isEqualTo(new Requeue.OnEvent());
  }

  @Test
  void aVerdictThatCouldNotBeWrittenIsKeptAndCountedOnceItIs() {
    // Given
    statuses.answer = StatusStore.Written.BUSY;
    reporter.report(reconciliation(), decided(IN_SYNC));
    assertThat(counted).isEmpty();
    Unreported kept = requireNonNull(state.takeUnreported());

    // When
    statuses.answer = StatusStore.Written.DONE;
    boolean holds = reporter.stillHolds(kept, resource());
    reporter.report(kept, kept.reconciliation().of(resource()));

    // Then
    assertThat(holds).isTrue();
    assertThat(counted).containsExactly("InSync");
  }

  @Test
  void itIsKeptForTenSecondsAndForTheSameSpec() {
    // Given
    statuses.answer = StatusStore.Written.BUSY;
    reporter.report(reconciliation(), decided(IN_SYNC));
    Unreported kept = requireNonNull(state.takeUnreported());

    // When
    LambdaFunctionConfig changed = resource();
    changed.getMetadata().setGeneration(2L);
    boolean holdsForAnother = reporter.stillHolds(kept, changed);
    nanos += Duration.ofSeconds(11).toNanos();
    boolean holdsLater = reporter.stillHolds(kept, resource());

    // Then
    assertThat(holdsForAnother).isFalse();
    assertThat(holdsLater).isFalse();
  }

  @Test
  void anApiServerWithoutTimeIsPassedOnAndTheVerdictKept() {
    // Given
    statuses.failure = new ApiServerBusyException(new KubernetesClientException("busy", 429, null));

    // When
    assertThatThrownBy(() -> reporter.report(reconciliation(), decided(IN_SYNC)))
        .isInstanceOf(ApiServerBusyException.class);

    // Then
    assertThat(state.takeUnreported()).isNotNull();
    assertThat(counted).isEmpty();
  }

  @Test
  void anUpdateIsAnnouncedOnceAndThenOnlySent() {
    // Given
    Step update = Steps.START.decided(update(Cause.SpecChanged));
    Verdict first = reporter.writeAhead(reconciliation(), update);
    assertThat(statuses.writes).isEqualTo(1);

    // When: it waited for its turn meanwhile
    Reconciliation queued = reconciliation(true);
    Verdict second = reporter.writeAhead(queued, update);

    // Then
    assertThat(first).isInstanceOf(Verdict.Pass.class);
    assertThat(second).isInstanceOf(Verdict.Pass.class);
    assertThat(statuses.writes).isEqualTo(1);
    assertThat(second.step().history()).isEqualTo(UpdateHistory.of(statuses.status));
  }

  @Test
  void anUpdateThatCannotBeAnnouncedIsNotSentAndKeepsItsPlan() {
    // Given
    statuses.answer = StatusStore.Written.BUSY;
    state.observe(seen -> seen.judged(1));

    // When
    Verdict verdict =
        reporter.writeAhead(reconciliation(), Steps.START.decided(update(Cause.SpecChanged)));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    assertThat(state.observation().queued()).isNotNull();
    assertThat(state.observation().isAnnounced()).isFalse();
  }

  @Test
  void anUpdateThatAwsRefusesEndsOnce() {
    // Given
    Step announced =
        reporter
            .writeAhead(reconciliation(), Steps.START.decided(update(Cause.SpecChanged)))
            .step();
    Answer refusal =
        new Answer.Failed(new Failure("InvalidParameterValueException", "", 400, null));
    Decision.Stalled stalled = new Decision.Stalled("InvalidParameterValueException", "", DELAY);
    Step refused =
        announced
            .submitted(refusal, Instant.EPOCH)
            .answered(
                refusal,
                new Judgement(stalled, PLAN, ended("InvalidParameterValueException"), LEARNED));

    // When
    reporter.report(reconciliation(), new Verdict.Decide(refused));

    // Then
    assertThat(counted).containsExactly("SpecChanged Refused", "Update");
  }

  @Test
  void anUpdateThatEndsLaterCountsWhenTheStatusSaysSo() {
    // Given
    reporter.writeAhead(reconciliation(), Steps.START.decided(update(Cause.DriftCorrected)));
    Step settled = Steps.START.judged(new Judgement(IN_SYNC, null, ended("Succeeded"), LEARNED));
    statuses.answer = StatusStore.Written.STALE;
    reporter.report(reconciliation(), new Verdict.Decide(settled));
    assertThat(counted).as("the status does not say so yet").containsExactly("InSync");

    // When
    statuses.answer = StatusStore.Written.DONE;
    reporter.report(reconciliation(), new Verdict.Decide(settled));

    // Then
    assertThat(counted).containsExactly("InSync", "DriftCorrected Succeeded", "InSync");
  }

  @Test
  void anUpdateThatAwsAcceptedAndCouldNotCarryOutHasFailed() {
    // Given
    reporter.writeAhead(reconciliation(), Steps.START.decided(update(Cause.Retried)));
    Decision.Stalled stalled = new Decision.Stalled("InvalidSubnet", "", DELAY);
    Step failed = Steps.START.judged(new Judgement(stalled, null, ended("InvalidSubnet"), LEARNED));

    // When
    reporter.report(reconciliation(), new Verdict.Decide(failed));

    // Then
    assertThat(counted).containsExactly("Retried Failed", "Stalled");
  }

  @Test
  void whatWasAnnouncedAndAcceptedAMomentAgoIsNotWrittenAgain() {
    // Given
    Answer accepted = new Answer.Described(TestSpecs.function("{Timeout: 9}"));
    Step step =
        Steps.START
            .submitted(accepted, Instant.EPOCH)
            .decided(new Decision.InProgress("UpdateInProgress", "", DELAY));

    // When
    ReconcileReport report = reporter.report(reconciliation(), new Verdict.Decide(step));

    // Then
    assertThat(statuses.writes).isZero();
    assertThat(report.requeue()).isEqualTo(new Requeue.After(DELAY));
    assertThat(counted).containsExactly("Update");
  }

  @Test
  void aCallThatWaitsForItsTurnIsPostponedAndItsStateRemembered() {
    // Given
    Requeue requeue = new Requeue.WhenGranted(DELAY);

    // When
    ReconcileReport report =
        reporter.report(reconciliation(), Verdict.lookAgain(decided(IN_SYNC).step(), requeue));

    // Then
    assertThat(report.requeue()).isEqualTo(requeue);
    assertThat(counted).containsExactly("Postponed");
    assertThat(recalled()).isEqualTo(LEARNED);
    assertThat(statuses.writes).isZero();
  }

  private RetryState recalled() {
    state.observe(seen -> seen.stale());
    return state.recall(PreviousStatus.by(null), Instant.EPOCH);
  }

  private static Verdict decided(Decision decision) {
    return new Verdict.Decide(
        Steps.START.judged(new Judgement(decision, PLAN, UpdateHistory.NONE, LEARNED)));
  }

  private static Decision.Update update(Cause cause) {
    return new Decision.Update(PLAN, "r1", cause);
  }

  /** The history with the update that was announced, ended. */
  private UpdateHistory ended(String outcome) {
    return UpdateHistory.of(statuses.status).endedWith(outcome, "r2");
  }

  private Reconciliation reconciliation() {
    return reconciliation(false);
  }

  private Reconciliation reconciliation(boolean queued) {
    return new Reconciliation(
        resource(),
        PreviousStatus.by(statuses.status),
        state,
        TestSpecs.desired("{timeout: 9}"),
        new Target("eu-west-1", "fn"),
        Purpose.ENFORCE,
        false,
        queued,
        Instant.EPOCH);
  }

  private static LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setGeneration(1L);
    resource.setSpec(TestSpecs.spec("{timeout: 9}"));
    return resource;
  }

  /** Takes every status, or answers and fails as a test says. */
  private static final class Statuses implements StatusStore {
    private @Nullable LambdaFunctionConfigStatus status;
    private Written answer = Written.DONE;
    private @Nullable RuntimeException failure;
    private int writes;

    @Override
    public Known known(LambdaFunctionConfig resource) {
      return new Known(status, "1");
    }

    @Override
    public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus next) {
      if (failure != null) {
        throw failure;
      }
      if (answer == Written.DONE) {
        writes++;
        status = next;
      }
      return answer;
    }

    @Override
    public void forget(LambdaFunctionConfig resource) {}
  }

  private final class Counting implements ReconcileListener {
    @Override
    public void decided(ReconcileOutcome outcome) {
      counted.add(outcome.toString());
    }

    @Override
    public void ended(Duration took, boolean failed) {}

    @Override
    public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {
      counted.add(cause + " " + outcome);
    }

    @Override
    public void driftSettled(Duration after) {}
  }
}
