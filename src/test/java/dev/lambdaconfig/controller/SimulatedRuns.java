package dev.lambdaconfig.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.aws.Accounts;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.RateLimitedLambda.Listeners;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.aws.sweep.SweepListener;
import dev.lambdaconfig.controller.gate.Claims;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.controller.report.ReconcileListener;
import dev.lambdaconfig.controller.report.ReconcileReport;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.Gate;
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
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.AwsModel;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a resource's life: {@link ReconcileWorkflow} with its observer, updater and reporter,
 * against a function and a status in memory, on a clock that jumps from one reconcile to the next.
 * Faults are fields that a test sets.
 */
final class SimulatedRuns {

  /** What an update meets before AWS would take it. */
  interface UpdateFault {
    @Nullable Failure at(SimulatedRuns life);
  }

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What the operator's clock says. */
  Instant now = START;

  /** The time that really is: no clock is set that AWS goes by. */
  private Instant real = START;

  String spec;
  long generation = 1;
  @Nullable LambdaFunctionConfigStatus status;
  Decision decision = new Decision.ReadAgain();
  boolean allowUnguarded;

  ObjectNode function = TestSpecs.object();
  Duration updateTime = Duration.ofMillis(1500);
  private @Nullable Instant settlesAt;
  private int revision = 1;
  private int modified;

  UpdateFault updateFault = life -> null;
  UpdateFault readFault = life -> null;

  /** How an accepted update ends; null is Successful. */
  @Nullable String endsWith;

  /** Values read back as sent although the update failed. */
  boolean showsFailedValues = true;

  /** Whether an update waits for its turn. */
  BooleanSupplier mustWait = () -> false;

  /** Whether the process dies after it has told of an update, and before it sends it. */
  BooleanSupplier dies = () -> false;

  BooleanSupplier losesReplies = () -> false;
  boolean dropsFields;
  boolean revisionStandsStill;

  int reads;
  int sent;
  int applied;
  final List<String> decisions = new ArrayList<>();
  final List<Instant> sentAt = new ArrayList<>();

  private ResourceState state;
  private ReconcileWorkflow workflow;

  SimulatedRuns(String spec, String members) {
    this.spec = spec;
    this.state = new ResourceState(resource());
    this.workflow = workflow();
    function.put("FunctionName", "fn");
    function.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:fn");
    function.put("RevisionId", "r1").put("State", "Active").put("LastUpdateStatus", "Successful");
    function.setAll(TestSpecs.tree(members));
  }

  /** Passes until the decision settles in sync, or the time is over. */
  SimulatedRuns runFor(Duration time) {
    Instant end = real.plus(time);
    while (real.isBefore(end)) {
      passAndWait();
    }
    return this;
  }

  /** One pass, and the time until the next one. */
  Duration passAndWait() {
    Duration delay = pass();
    if (delay.isNegative() || delay.isZero()) {
      throw new AssertionError("a pass that asks for " + delay + ": " + decision);
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
    state = new ResourceState(resource());
    workflow = workflow();
  }

  /** The operator is started anew with {@code --allow-unguarded-updates}. */
  void allowUnguarded() {
    allowUnguarded = true;
    restart();
  }

  /** What the status says of updates. */
  UpdateHistory history() {
    return UpdateHistory.of(status);
  }

  /** What the process keeps for the next reconcile. */
  RetryState retryState() {
    return state.recall(PreviousStatus.by(status), now);
  }

  /** What a status and a process remember before the first reconcile. */
  void given(UpdateHistory history, RetryState retryState) {
    status = new LambdaFunctionConfigStatus();
    status.history = history.records();
    state.remember(retryState);
  }

  /** A sweep sees that the function is no longer what was read of it. */
  void noticeChange() {
    state.observe(Observation::stale);
  }

  /** Another writer sets a member of the function, which AWS shows by its LastModified. */
  void change(String member, int value) {
    function.put(member, value).put("LastModified", "m" + ++modified);
    moveRevision();
  }

  /** Somebody tags the function, or publishes a version. */
  void moveRevision() {
    if (!revisionStandsStill && function.has("RevisionId")) {
      function.put("RevisionId", "r" + ++revision);
    }
  }

  /** Reconciles once; returns when the next time is due. */
  Duration pass() {
    int before = sent;
    Requeue requeue;
    try {
      ReconcileReport report = workflow.reconcile(reconciliation());
      decision = report.decision() == null ? decision : report.decision();
      requeue = report.requeue();
    } catch (ProcessDied e) {
      restart();
      return Duration.ofSeconds(1);
    }
    if (sent > before) {
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
        PreviousStatus.by(status),
        state,
        TestSpecs.desired(spec),
        new Target("eu-west-1", "fn"),
        Purpose.ENFORCE,
        state.observation().isRequested(),
        state.observation().isAnnounced(),
        now);
  }

  private LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setUid("uid");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setGeneration(generation);
    resource.setSpec(TestSpecs.spec(spec));
    return resource;
  }

  private ReconcileWorkflow workflow() {
    LongSupplier nanos = () -> Duration.between(START, real).toNanos();
    Timing timing = new Timing(Clock.systemUTC(), nanos, () -> 0.5);
    RateLimitedLambda lambda =
        new RateLimitedLambda(
            new Port(), new Port(), new Accounts.Limits(1000), nanos, Listeners.NONE);
    Sightings sightings = new Sightings(new FleetSweeper(lambda, INTERVAL, timing, new NoSweeps()));
    Claims claims = new Claims(ResourceCaches.of(), OperatorMode.ENFORCE, lambda, uid -> {});
    ChangeReporter changes = new ChangeReporter(new NoEvents());
    CircuitBreakers breakers = new CircuitBreakers(nanos, uid -> {}, changes);
    StatusReporter reporter =
        new StatusReporter(
            new Statuses(),
            changes,
            new DriftTimer(ReconcileListener.NOBODY, nanos),
            new ConflictBackoff(() -> 0.5),
            (reconciliation, step) -> {});
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
        new Gates(List.<Gate>of(), List.of(), List.of()),
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

  private final class Statuses implements StatusStore {
    @Override
    public Known known(LambdaFunctionConfig resource) {
      return new Known(status, "1");
    }

    @Override
    public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus next) {
      status = next;
      return Written.DONE;
    }

    @Override
    public void forget(LambdaFunctionConfig resource) {}
  }

  private static final class NoSweeps implements SweepListener {
    @Override
    public void readEach(Collection<String> uids, Duration within) {}

    @Override
    public void listingRefused(String region, Failure why, String watched) {}

    @Override
    public void changed(String uid) {}

    @Override
    public void swept(String region, Duration took, int functions, int changed) {}
  }

  private final class Port implements LambdaFunctions, FunctionLists {
    @Override
    public Answer read(Target target) {
      return SimulatedRuns.this.read();
    }

    @Override
    public Answer readFunction(Target target) {
      return SimulatedRuns.this.read();
    }

    @Override
    public Answer update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return send(members, revisionId);
    }

    @Override
    public Listed list(String region, @Nullable String marker) {
      return new Page(List.of(), null);
    }
  }

  private Answer read() {
    reads++;
    Failure failure = readFault.at(this);
    if (failure != null) {
      return new Answer.Failed(failure);
    }
    settle();
    return new Answer.Described(TestSpecs.function(function));
  }

  private void settle() {
    if (settlesAt == null || real.isBefore(settlesAt)) {
      return;
    }
    settlesAt = null;
    moveRevision();
    function.put("LastUpdateStatus", endsWith == null ? "Successful" : "Failed");
    if (endsWith == null) {
      function.remove(List.of("LastUpdateStatusReason", "LastUpdateStatusReasonCode"));
    } else {
      function.put("LastUpdateStatusReason", "it failed");
      function.put("LastUpdateStatusReasonCode", endsWith);
    }
  }

  private Answer send(SortedMap<String, Value> members, @Nullable String revisionId) {
    sent++;
    sentAt.add(now);
    Failure failure = updateFault.at(this);
    if (failure != null) {
      return new Answer.Failed(failure);
    }
    if (settlesAt != null) {
      return new Answer.Failed(
          new Failure("ResourceConflictException", "an update is in progress", 409, null));
    }
    String live = function.path("RevisionId").asText(null);
    if (revisionId != null && !revisionId.equals(live)) {
      return new Answer.Failed(
          new Failure("PreconditionFailedException", "The Revision Id provided", 412, null));
    }
    applied++;
    ObjectNode request = TestSpecs.json(members);
    if (request.isEmpty()) {
      throw new AssertionError("an update of nothing");
    }
    if (!dropsFields && (endsWith == null || showsFailedValues)) {
      function = new AwsModel(false, false, false).applied(function, request);
    }
    function.put("LastModified", "m" + ++modified);
    moveRevision();
    function.put("LastUpdateStatus", "InProgress").put("LastUpdateStatusReasonCode", "Creating");
    settlesAt = real.plus(updateTime);
    return losesReplies.getAsBoolean()
        ? new Answer.Failed(new Failure(Failure.ENDPOINT_UNREACHABLE, "no answer", 0, null))
        : new Answer.Described(TestSpecs.function(function));
  }
}
