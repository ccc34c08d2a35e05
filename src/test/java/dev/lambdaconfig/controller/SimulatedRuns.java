package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.RateLimitedLambda.Listeners;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.aws.sweep.NoSweeps;
import dev.lambdaconfig.controller.ownership.Claimants;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.controller.report.ReconcileListener;
import dev.lambdaconfig.controller.report.ReconcileReport;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Observation;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.controller.update.DecisionContext;
import dev.lambdaconfig.controller.update.FunctionObserver;
import dev.lambdaconfig.controller.update.FunctionUpdater;
import dev.lambdaconfig.controller.update.RefusalCheck;
import dev.lambdaconfig.controller.update.Sightings;
import dev.lambdaconfig.controller.update.UpdateSender;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Plays the life of a resource: {@link ReconcileWorkflow} with its observer, updater and reporter,
 * against a function and a status in memory, on a clock that jumps from one reconcile to the next.
 */
final class SimulatedRuns {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The time on the operator's clock. */
  Instant now = START;

  /** The true time, whatever the clock is set to. */
  private Instant real = START;

  String spec;
  long generation = 1;
  Decision decision = new Decision.ReadAgain();
  boolean allowUnguarded;

  /** The annotations of the resource. */
  Map<String, String> annotations = Map.of();

  /** Whether an update waits for its grant. */
  BooleanSupplier mustWait = () -> false;

  /** Whether the process dies after it has announced an update, and before it sends it. */
  BooleanSupplier dies = () -> false;

  /** The values that the spec can refer to. */
  final SimulatedValues values = new SimulatedValues();

  final List<String> decisions = new ArrayList<>();

  final FaultyFunction aws;
  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  final SimulatedRestore restore = new SimulatedRestore(statuses);
  private ResourceState state;
  private ReconcileWorkflow workflow;

  private SimulatedRuns(String spec, String members) {
    this.spec = spec;
    this.aws = new FaultyFunction(members, () -> real);
    this.state = new ResourceState(resource());
    this.workflow = workflow();
  }

  /** A function whose timeout is not the one of the spec. */
  static SimulatedRuns ofOneDifference() {
    return of("{timeout: 9}", "{Timeout: 3}");
  }

  /** A function with these members, in JSON or flow YAML. */
  static SimulatedRuns of(String spec, String members) {
    return new SimulatedRuns(spec, members);
  }

  /** The same, of a function without a RevisionId, and with unguarded updates allowed. */
  static SimulatedRuns ofOneUnguardedDifference() {
    SimulatedRuns runs = ofOneDifference();
    runs.aws.members.remove("RevisionId");
    runs.allowUnguarded();
    return runs;
  }

  /** Reconciles whenever it is due, for as long as the time says. */
  SimulatedRuns runFor(Duration time) {
    Instant end = real.plus(time);
    while (real.isBefore(end)) {
      reconcileAndWait();
    }
    return this;
  }

  /** Reconciles once, and waits until the next reconcile is due. */
  Duration reconcileAndWait() {
    Duration delay = reconcile();
    if (delay.isNegative() || delay.isZero()) {
      throw new AssertionError("a reconcile that is due again after " + delay + ": " + decision);
    }
    now = now.plus(delay);
    real = real.plus(delay);
    return delay;
  }

  /** Somebody sets the clock. */
  void setClock(Instant to) {
    now = to;
  }

  /** Another spec. */
  void declare(String spec) {
    this.spec = spec;
    generation++;
  }

  /** The process ends and another one starts, with the same or other options. */
  void restart() {
    restore.restart();
    state = new ResourceState(resource());
    workflow = workflow();
  }

  /** The operator is started anew with {@code --allow-unguarded-updates}. */
  void allowUnguarded() {
    allowUnguarded = true;
    restart();
  }

  /** The updates that the status records. */
  UpdateHistory history() {
    return UpdateHistory.of(statuses.of(resource()));
  }

  /** The status, or an empty one. */
  LambdaFunctionConfigStatus status() {
    return PreviousStatus.by(statuses.of(resource())).status();
  }

  /** What the process keeps for the next reconcile. */
  RetryState retryState() {
    return state.recall(PreviousStatus.by(statuses.of(resource())), now);
  }

  /** What a status and a process remember before the first reconcile. */
  void given(UpdateHistory history, RetryState retryState) {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.history = history.records();
    statuses.set(resource(), status);
    state.remember(retryState);
  }

  /** A sweep sees that the function is no longer what was read of it. */
  void noticeChange() {
    state.observe(Observation::stale);
  }

  /** Reconciles once; returns when the next time is due. */
  Duration reconcile() {
    int before = aws.sent;
    Requeue requeue;
    try {
      ReconcileReport report = workflow.reconcile(reconciliation(), values::resolved);
      decision = report.decision() == null ? decision : report.decision();
      requeue = report.requeue();
    } catch (ProcessDied e) {
      restart();
      return Duration.ofSeconds(1);
    }
    if (aws.sent > before) {
      reached("Update");
    }
    reached(decision.getClass().getSimpleName());
    return switch (requeue) {
      case Requeue.After(Duration delay) -> delay;
      case Requeue.WhenGranted(Duration delay) -> delay;
      case Requeue.OnEvent onEvent ->
          throw new AssertionError("a reconcile that is never repeated: " + decision);
    };
  }

  private void reached(String name) {
    if (decisions.isEmpty() || !decisions.getLast().equals(name)) {
      decisions.add(name);
    }
  }

  private Reconciliation reconciliation() {
    return new Reconciliation(
        resource(),
        PreviousStatus.by(statuses.of(resource())),
        state,
        TestSpecs.desired(spec),
        new Target("eu-west-1", "fn"),
        Purpose.ENFORCE,
        !PreviousStatus.by(status()).answers(resource()) || state.observation().isRequested(),
        state.observation().isAnnounced(),
        now);
  }

  private LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setGeneration(generation);
    resource.getMetadata().setAnnotations(annotations);
    resource.setSpec(TestSpecs.spec(spec));
    return resource;
  }

  private ReconcileWorkflow workflow() {
    LongSupplier nanos = () -> Duration.between(START, real).toNanos();
    Timing timing = new Timing(Clock.systemUTC(), nanos, () -> 0.5);
    RateLimitedLambda lambda =
        new RateLimitedLambda(aws, aws, new CallLimits(1000), nanos, Listeners.NONE);
    Sightings sightings =
        new Sightings(new FleetSweeper(lambda, uid -> null, INTERVAL, timing, new NoSweeps()));
    Claims claims =
        new Claims(
            new Claimants(
                ResourceCaches.of(), OperatorMode.ENFORCE, ManagedResource.ALLOWED, lambda),
            lambda,
            new Claims.ClaimTriggers(uid -> {}, (uid, delay) -> {}, (delay, task) -> task.run()),
            nanos);
    ChangeReporter changes = new ChangeReporter(new NoEvents());
    CircuitBreakers breakers = new CircuitBreakers(nanos, uid -> {}, changes);
    StatusReporter reporter =
        new StatusReporter(
            statuses,
            changes,
            new DriftTimer(ReconcileListener.NOBODY, nanos),
            new ConflictBackoff(() -> 0.5),
            restore::reported);
    DecisionContext context =
        new DecisionContext(uid -> INTERVAL, OperatorMode.ENFORCE, allowUnguarded, () -> 0.5);
    UpdateSender sender =
        new UpdateSender(
            lambda,
            new RefusalCheck(lambda),
            breakers,
            changes,
            new UpdateSender.Observing(sightings, context));
    return new ReconcileWorkflow(
        restore.gates(changes),
        new FunctionObserver(lambda, sightings, claims, context),
        new FunctionUpdater(lambda, reporter, this::beforeSending, sender),
        breakers,
        reporter);
  }

  /** Right before an update is sent: it may have to wait, or the process may end. */
  private Verdict beforeSending(Reconciliation reconciliation, Step step) {
    if (mustWait.getAsBoolean()) {
      return Verdict.lookAgain(step, new Requeue.WhenGranted(Duration.ofSeconds(1)));
    }
    if (dies.getAsBoolean()) {
      throw new ProcessDied();
    }
    return Verdict.pass(step);
  }

  private static final class ProcessDied extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
