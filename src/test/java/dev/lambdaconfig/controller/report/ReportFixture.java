package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link StatusReporter} with the status store, the counts and the clock of a test. */
final class ReportFixture {

  static final Duration DELAY = Duration.ofMinutes(1);
  static final Decision IN_SYNC = new Decision.InSync(DELAY);
  static final Plan PLAN =
      new Plan(List.of("timeout"), List.of(), new TreeMap<>(), List.of(), false);
  static final RetryState LEARNED = RetryState.NONE.afresh(Instant.EPOCH);

  final List<String> counted = new ArrayList<>();
  final List<String> reported = new ArrayList<>();
  final ResourceState state = new ResourceState(resource());
  final InMemoryStatusStore statuses = new InMemoryStatusStore();
  long nanos;

  final StatusReporter reporter =
      new StatusReporter(
          statuses,
          new ChangeReporter(new NoEvents()),
          new DriftTimer(new Counting(), () -> nanos),
          new ConflictBackoff(() -> 1),
          (reconciliation, step) -> reported.add(reconciliation.uid()));

  @Nullable LambdaFunctionConfigStatus status() {
    return statuses.of(resource());
  }

  RetryState recalled() {
    state.observe(seen -> seen.stale());
    return state.recall(PreviousStatus.by(null), Instant.EPOCH);
  }

  static Verdict decided(Decision decision) {
    return new Verdict.Decide(
        Steps.START.judged(new Judgement(decision, PLAN, UpdateHistory.NONE, LEARNED)));
  }

  static Decision.Update update(Cause cause) {
    return new Decision.Update(PLAN, "r1", cause);
  }

  /** The history with the update that was announced, ended. */
  UpdateHistory ended(String outcome) {
    return UpdateHistory.of(status()).endedWith(outcome, "r2");
  }

  Reconciliation reconciliation() {
    return reconciliation(false);
  }

  Reconciliation reconciliation(boolean queued) {
    return new Reconciliation(
        resource(),
        PreviousStatus.by(status()),
        state,
        TestSpecs.desired("{timeout: 9}"),
        new Target("eu-west-1", "fn"),
        Purpose.ENFORCE,
        false,
        queued,
        Instant.EPOCH);
  }

  static LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setGeneration(1L);
    resource.setSpec(TestSpecs.spec("{timeout: 9}"));
    return resource;
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
