package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.ownership.ClaimedFunction;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.Reporters;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.status.NextStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of a deletion, with each decision that a reconcile can come to. */
final class RestoreWorkflowTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final ObservedFunction HALF_RESTORED =
      TestSpecs.function("{Timeout: 9, MemorySize: 128}");

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final RecordedEvents events = new RecordedEvents();
  private final ManagedResource resource =
      new ManagedResource("{timeout: 9, memorySize: 256, deletionPolicy: Restore}")
          .deleted(RestoreFinalizer.NAME);
  private long nanos;

  @BeforeEach
  void hasABaseline() {
    kubernetes.finalizers.add(RestoreFinalizer.NAME);
    resource.status.baseline =
        List.of(
            new BaselineField("timeout", 3L, null), new BaselineField("memorySize", 128L, null));
  }

  @Test
  void aResourceWithoutBaselineIsLetGoUntouched() {
    // Given
    resource.status.baseline = null;

    // When
    Verdict verdict = run(decides(new Decision.InSync(TIMEOUT)));

    // Then
    assertThatItIsLetGo(verdict);
    assertThat(events.all).isEmpty();
  }

  @Test
  void theFieldsAreWantedAsTheyWere() {
    // When
    run(
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
    assertThat(kubernetes.finalizers).isEmpty();
  }

  @Test
  void aFunctionThatIsGoneHoldsNothingUp() {
    assertThatItIsLetGo(
        run(decides(new Decision.Stalled(Decider.FUNCTION_NOT_FOUND, "gone", TIMEOUT))));
  }

  @Test
  void anObstacleIsReportedUntilTheDeadline() {
    // When
    Verdict verdict =
        run(decides(new Decision.Stalled("AccessDenied", "no", TIMEOUT.plus(TIMEOUT))));

    // Then
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            waiting -> {
              assertThat(waiting.reason()).isEqualTo(NextStatus.RESTORING);
              assertThat(waiting.message()).contains("AccessDenied");
              assertThat(waiting.requeueAfter()).isEqualTo(TIMEOUT);
            });
    assertThat(kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }

  @Test
  void atTheDeadlineTheFieldsThatStillDifferAreReportedAndTheResourceLetGo() {
    // Given
    resource.at(ManagedResource.NOW.plus(TIMEOUT));

    // When
    Verdict verdict = run(decides(new Decision.Stalled("AccessDenied", "no", TIMEOUT)));

    // Then
    assertThatItIsLetGo(verdict);
    assertThatTimeoutAloneIsAbandoned("AccessDenied");
  }

  @Test
  void soAreTheyWhereTheStatusIsRefused() {
    // Given
    resource.at(ManagedResource.NOW.plus(TIMEOUT));

    // When
    Verdict verdict = run(refusedStatus());

    // Then
    assertThatItIsLetGo(verdict);
    assertThatTimeoutAloneIsAbandoned("status");
  }

  @Test
  void aRefusedStatusFailsTheReconcileBeforeTheDeadline() {
    // When
    Verdict verdict = run(refusedStatus());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    assertThat(kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
  }

  @Test
  void aCallThatWaitsForItsTurnAtTheDeadlineIsGivenUp() {
    // Given
    resource.at(ManagedResource.NOW.plus(TIMEOUT));

    // When
    Verdict verdict =
        run(
            (reconciliation, step) ->
                Verdict.lookAgain(judged(step), new Requeue.WhenGranted(TIMEOUT)));

    // Then
    assertThatItIsLetGo(verdict);
    assertThatTimeoutAloneIsAbandoned("");
  }

  private Gate decides(Decision decision) {
    return (reconciliation, step) -> Verdict.decide(judged(step), decision);
  }

  /** An update is decided on, and its announcement refused. */
  private static Gate refusedStatus() {
    InMemoryStatusStore statuses = new InMemoryStatusStore();
    statuses.refuse();
    return (reconciliation, step) -> {
      Step planned = judged(step);
      Decision update =
          new Decision.Update(
              Diff.between(reconciliation.managed(), HALF_RESTORED), "r1", Cause.Restored);
      return Verdict.pass(planned.decided(update))
          .then(reconciliation, Reporters.of(statuses)::writeAhead);
    };
  }

  /** A step that has found the function with its timeout not restored. */
  private static Step judged(Step step) {
    return step.answered(
        new Answer.Described(HALF_RESTORED),
        new Judgement(
            new Decision.ReadAgain(),
            Diff.between(TestSpecs.desired("{timeout: 3, memorySize: 128}"), HALF_RESTORED),
            step.history(),
            step.retryState()));
  }

  private Verdict run(Gate attempt) {
    RestoreWorkflow workflow =
        new RestoreWorkflow(
            attempt,
            new RestorePolicy(
                new ClaimedFunction().claims,
                ManagedResource.TARGETS,
                OperatorMode.ENFORCE,
                ManagedResource.ALLOWED),
            new KeptVariables.Reader(
                new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC()),
                new FormerBaselineSecrets(kubernetes.client)),
            new RestoreDeadline(TIMEOUT, () -> nanos),
            new FinalizerRelease(
                new RestoreFinalizer(kubernetes.client), new ChangeReporter(events)));
    return workflow.run(resource.reconciliation(), resource.start()).verdict();
  }

  private void assertThatItIsLetGo(Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isEqualTo(new Requeue.OnEvent()));
    assertThat(kubernetes.finalizers).isEmpty();
  }

  private void assertThatTimeoutAloneIsAbandoned(String why) {
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("RestoreAbandoned");
              assertThat(event.message()).contains("timeout").contains(why);
              assertThat(event.message()).doesNotContain("memorySize");
            });
  }
}
