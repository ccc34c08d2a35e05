package dev.lambdaconfig.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.AwsModel;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a resource's life: passes as the reconciler makes them, against a function in memory, on a
 * clock that jumps from pass to pass. Faults are fields that a test sets.
 */
final class SimulatedRuns {

  /** What an update meets before AWS would take it. */
  interface UpdateFault {
    @Nullable Failure at(SimulatedRuns life);
  }

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What the operator's clock says. */
  Instant now = START;

  /** The time that really is: no clock is set that AWS goes by. */
  private Instant real = START;

  Desired desired;
  long generation = 1;
  UpdateHistory history = UpdateHistory.NONE;
  RetryState retryState = RetryState.NONE;
  @Nullable Long readyGeneration;
  @Nullable String pinned;
  Decision decision = new Decision.ReadAgain();
  DecisionInput.Options options = new DecisionInput.Options(Duration.ofMinutes(1), false);

  ObjectNode function = TestSpecs.object();
  Duration updateTime = Duration.ofMillis(1500);
  private @Nullable Instant settlesAt;
  private int revision = 1;

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

  SimulatedRuns(String spec, String members) {
    this.desired = TestSpecs.desired(spec);
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
    desired = TestSpecs.desired(spec);
    generation++;
  }

  /** The process ends and another one starts. */
  void restart() {
    retryState = RetryState.NONE;
  }

  /** Somebody tags the function, or publishes a version. */
  void moveRevision() {
    if (!revisionStandsStill && function.has("RevisionId")) {
      function.put("RevisionId", "r" + ++revision);
    }
  }

  /** One pass of the reconciler; returns when it wants to come back. */
  Duration pass() {
    for (int read = 1; read <= 3; read++) {
      ObservedFunction before = took(read());
      if (!(decision instanceof Decision.Update update)) {
        return delay();
      }
      if (mustWait.getAsBoolean()) {
        history = update.revisionId() == null ? history : opened(update);
        retryState = retryState.waiting(history);
        return Duration.ofSeconds(1);
      }
      history = opened(update);
      if (dies.getAsBoolean()) {
        restart();
        return Duration.ofSeconds(1);
      }
      Answer answer = send(update);
      Judgement step = Decider.afterUpdate(input(), update, Objects.requireNonNull(before), answer);
      took(step);
      if (!(decision instanceof Decision.ReadAgain)) {
        return delay();
      }
    }
    took(Decider.everChanging(input()));
    return delay();
  }

  private @Nullable ObservedFunction took(Answer answer) {
    took(Decider.afterRead(input(), answer));
    return answer instanceof Answer.Described described ? described.function() : null;
  }

  private void took(Judgement step) {
    decision = step.decision();
    history = step.history();
    retryState = step.retryState();
    String name = decision.getClass().getSimpleName();
    if (decisions.isEmpty() || !decisions.getLast().equals(name)) {
      decisions.add(name);
    }
    readyGeneration = decision instanceof Decision.InSync ? (Long) generation : null;
  }

  private UpdateHistory opened(Decision.Update update) {
    return history.opened(
        update.plan().fields(), update.cause(), generation, update.revisionId(), now);
  }

  DecisionInput input() {
    return DecisionInput.of(desired, generation, options, now, 0.5)
        .with(new DecisionInput.Before(readyGeneration, pinned, false, null))
        .with(history, retryState);
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

  private Answer send(Decision.Update update) {
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
    if (update.revisionId() != null && !update.revisionId().equals(live)) {
      return new Answer.Failed(
          new Failure("PreconditionFailedException", "The Revision Id provided", 412, null));
    }
    applied++;
    ObjectNode request = TestSpecs.json(update.plan().request());
    if (request.isEmpty()) {
      throw new AssertionError("an update of nothing");
    }
    if (!dropsFields && (endsWith == null || showsFailedValues)) {
      function = new AwsModel(false, false, false).applied(function, request);
    }
    moveRevision();
    function.put("LastUpdateStatus", "InProgress").put("LastUpdateStatusReasonCode", "Creating");
    settlesAt = real.plus(updateTime);
    return losesReplies.getAsBoolean()
        ? new Answer.Failed(new Failure(Failure.ENDPOINT_UNREACHABLE, "no answer", 0, null))
        : new Answer.Described(TestSpecs.function(function));
  }

  private Duration delay() {
    if (decision instanceof Decision.Terminal comeBack) {
      return comeBack.requeueAfter();
    }
    throw new AssertionError("not carried out: " + decision);
  }
}
