package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.ownership.ClaimedFunction;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.Reporters;
import dev.lambdaconfig.controller.resource.Authorization;
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
import dev.lambdaconfig.decision.history.RetryState;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The deletion of a resource whose timeout is not restored, by a clock that only a test moves. */
final class RestoredResource {

  static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final ObservedFunction HALF_RESTORED =
      TestSpecs.function("{Timeout: 9, MemorySize: 128}");

  final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  final RecordedEvents events = new RecordedEvents();
  final ManagedResource resource =
      new ManagedResource("{timeout: 9, memorySize: 256, deletionPolicy: Restore}")
          .deleted(RestoreFinalizer.NAME);
  private long nanos;

  RestoredResource() {
    kubernetes.finalizers.add(RestoreFinalizer.NAME);
    resource.status.baseline =
        List.of(
            new BaselineField("timeout", 3L, null), new BaselineField("memorySize", 128L, null));
  }

  static Gate waitsForItsTurn() {
    return (reconciliation, step) ->
        Verdict.lookAgain(judged(step), new Requeue.WhenGranted(TIMEOUT));
  }

  /** AWS has accepted the update, and applies it. */
  static Gate applying() {
    return (reconciliation, step) -> {
      Step read = judged(step);
      Decision running = new Decision.InProgress(Decider.UPDATE_IN_PROGRESS, "busy", TIMEOUT);
      RetryState accepted = read.retryState().accepted(null, ManagedResource.NOW, null);
      Step applied = read.judged(new Judgement(running, null, read.history(), accepted));
      return Verdict.decide(applied, running);
    };
  }

  static Gate decides(Decision decision) {
    return (reconciliation, step) -> Verdict.decide(judged(step), decision);
  }

  /** An update is decided on, and its announcement refused. */
  static Gate refusedStatus() {
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

  /** Lets time pass. */
  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Takes the next step of the deletion. */
  Verdict run(Gate attempt) {
    RestoreWorkflow workflow =
        workflow(
            attempt,
            ManagedResource.ALLOWED,
            kubernetes,
            new RestoreDeadline(TIMEOUT, () -> nanos),
            events);
    return workflow.run(resource.reconciliation(), resource.start()).verdict();
  }

  /** The workflow of an operator that enforces what it is authorized to. */
  static RestoreWorkflow workflow(
      Gate attempt,
      Authorization authorization,
      InMemoryKubernetes kubernetes,
      RestoreDeadline deadline,
      RecordedEvents events) {
    return new RestoreWorkflow(
        attempt,
        new RestorePolicy(
            new ClaimedFunction().claims,
            ManagedResource.TARGETS,
            OperatorMode.ENFORCE,
            authorization),
        new KeptVariables.Reader(
            new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC()),
            new FormerBaselineSecrets(kubernetes.client)),
        deadline,
        new FinalizerRelease(new RestoreFinalizer(kubernetes.client), new ChangeReporter(events)));
  }

  void assertThatItIsLetGo(Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isEqualTo(new Requeue.OnEvent()));
    assertThat(kubernetes.finalizers).isEmpty();
  }

  void assertThatTimeoutAloneIsAbandoned(String why) {
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
