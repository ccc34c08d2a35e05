package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.Step;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.status.NextStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one pass over one resource has learned and decided so far. Used by one thread. */
final class Pass {

  private LambdaFunctionConfig resource;
  private final StatusStore statuses;
  private final Instant now;
  private final PreviousStatus previous;
  private final ChangeReporter reporter;
  private final @Nullable String request;

  private @Nullable Desired desired;
  private @Nullable Target target;
  private @Nullable ObservedFunction function;
  private @Nullable Decision decision;
  private @Nullable Plan plan;
  private UpdateHistory history;
  private RetryState retryState;
  private @Nullable Instant applied;
  private Baseline baseline;
  private boolean restoring;
  private boolean insisted;
  private @Nullable LambdaFunctionConfigStatus basis;
  private final List<UpdateEnd> updateEnds = new ArrayList<>();
  private boolean drifted;
  private boolean sent;
  private boolean refused;
  private boolean unapplied;
  private boolean postponed;

  /** An update that has ended, as this pass told in the status. */
  record UpdateEnd(@Nullable Cause cause, UpdateOutcome outcome) {}

  Pass(
      LambdaFunctionConfig resource,
      StatusStore statuses,
      EventRecorder events,
      RetryState retryState,
      Instant now) {
    this.resource = resource;
    this.statuses = statuses;
    this.retryState = retryState;
    this.now = now;
    this.previous = PreviousStatus.by(statuses.known(resource).status());
    this.history = previous.history();
    this.baseline =
        keepsValues(resource) ? previous.baseline() : previous.baseline().withoutSecret();
    this.reporter = new ChangeReporter(resource, events);
    this.request = ReconcileRequest.token(resource);
    RetryState.Accepted running = retryState.accepted();
    this.applied = running == null ? null : running.when();
  }

  /** Also while it only observes: what it has to put back one day is not lost over that. */
  private static boolean keepsValues(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec == null || "Restore".equals(spec.deletionPolicy()) || spec.unreadable() != null;
  }

  Pass managing(Desired desired, Target target) {
    this.desired = spec().restores() ? desired.sparing(baseline) : desired;
    this.target = target;
    return this;
  }

  /** Puts fields back to what they were, instead of keeping them. */
  void restoring(Desired before, Target target) {
    this.desired = before;
    this.target = target;
    this.restoring = true;
  }

  DecisionInput input(double random, DecisionInput.Options options) {
    Purpose purpose =
        restoring ? Purpose.RESTORE : spec().observes() ? Purpose.OBSERVE : Purpose.ENFORCE;
    return DecisionInput.of(Objects.requireNonNull(desired), generation(), options, now, random)
        .with(purpose, isRequested())
        .with(previous.before())
        .with(history, retryState);
  }

  /** Whether the status already says of this very spec that the function is in order. */
  boolean stands(OperatorMode mode) {
    String secretName = baseline.secretName();
    boolean settled = secretName == null || secretName.equals(BaselineSecrets.nameFor(resource));
    return !isRequested()
        && settled
        && previous.isInOrder(
            mode.observes(spec()) ? NextStatus.OBSERVED : NextStatus.IN_SYNC,
            generation(),
            target().region(),
            managed().managedPaths());
  }

  /** What the status said when this pass began. */
  PreviousStatus previous() {
    return previous;
  }

  /** Somebody asked for what this pass is to finish. */
  void insist() {
    insisted = true;
  }

  /** Somebody asked for this pass, and it was not answered yet. */
  boolean isRequested() {
    return insisted || (request != null && !previous.answers(request));
  }

  /** Takes over what was read, and what is to be done about it. */
  void took(Answer read, Step step) {
    if (read instanceof Answer.Described described) {
      function = described.function();
    }
    plan = step.plan();
    give(step);
  }

  /** Takes over what a read showed that nothing is decided from. */
  void knows(ObservedFunction read) {
    function = read;
  }

  /** Takes over a decision that no answer brought about. */
  void give(Step step) {
    decide(step.decision());
    history = step.history();
    retryState = step.retryState();
  }

  /**
   * The baseline with what this pass saw of fields that have none yet: only of a function at rest,
   * and of the one that the resource was resolved to.
   */
  Baseline baselineSeen() {
    if (desired == null
        || function == null
        || !function.lifecycle().isSettled()
        || function.isOtherThan(previous.functionArn())) {
      return baseline;
    }
    return baseline.with(desired, function);
  }

  /**
   * Keeps for good what was kept for an update that turned out to have been applied. To be done
   * before another one is told: from then on the status waits for that one.
   */
  void confirmValues() {
    // What the status is known to say can be from before this pass, where somebody else changed it.
    LambdaFunctionConfigStatus known = statuses.known(resource).status();
    if (!unapplied
        && (history.endedSince(previous.history()) != null
            || history.endedSince(UpdateHistory.of(known)) != null)) {
      baseline = baseline.confirmed();
    }
  }

  /** Takes a baseline over, for every status from now on. */
  void keeping(Baseline taken) {
    baseline = taken;
  }

  /**
   * Tells what is about to be sent, before it is sent; what is told already is not told again.
   *
   * @param waited whether this process has told it, and it has waited for its turn since: just the
   *     same in the status can be of another operator
   * @return what came of it; {@link #decision()} is then the update to send
   */
  StatusStore.Written writeAhead(Decision.Update update, boolean waited) {
    Cause cause =
        waited
            ? previous
                .history()
                .causeIfOpen(update.plan().fields(), generation(), update.revisionId())
            : null;
    if (cause != null) {
      decide(new Decision.Update(update.plan(), update.revisionId(), cause));
      history = previous.history();
      return StatusStore.Written.DONE;
    }
    history =
        history.opened(
            update.plan().fields(), update.cause(), generation(), update.revisionId(), now);
    return writeStatus();
  }

  /** The update that was told is not sent. */
  void unsent() {
    history = history.withoutOpen();
  }

  /** The update that was told waits for its turn: it was not sent, and is not judged. */
  void waits() {
    retryState = retryState.waiting(history);
  }

  /** Whether this pass has sent an update, whatever came of it. */
  boolean hasSent() {
    return sent;
  }

  /** Takes over what came of an update. */
  void tookUpdate(Decision.Update update, Answer outcome, Step step) {
    sent = true;
    refused = outcome instanceof Answer.Failed;
    unapplied = outcome instanceof Answer.Failed(Failure why) && !why.mayHaveBeenApplied();
    if (outcome instanceof Answer.Described) {
      applied = now;
      reporter.started(update);
    }
    took(outcome, step);
  }

  void decide(Decision decided) {
    decision = decided;
    drifted |= decided instanceof Decision.Update update && update.cause() == Cause.DriftCorrected;
  }

  /** A call has to wait for its turn. */
  void postponed() {
    postponed = true;
  }

  /** What this pass has come to, or null if it was overtaken. */
  @Nullable ReconcileOutcome outcome() {
    if (postponed) {
      return ReconcileOutcome.Postponed;
    }
    if (sent) {
      return ReconcileOutcome.Update;
    }
    return decision == null ? null : ReconcileOutcome.of(decision);
  }

  /** Whether somebody changed the function behind the operator's back. */
  boolean hasFoundDrift() {
    return drifted;
  }

  /** The updates whose end this pass has told, in order. */
  List<UpdateEnd> updateEnds() {
    return updateEnds;
  }

  /** Whether this pass has come to know anything. */
  boolean hasDecided() {
    return decision != null;
  }

  /**
   * Whether an update was accepted a moment ago. What is told of it ahead is still true, and most
   * updates have ended by the next look: one write less for each.
   */
  boolean isToldAlready() {
    return applied != null && applied.equals(now) && decision() instanceof Decision.InProgress;
  }

  /** Writes the status that follows from all this, if it says anything new. */
  StatusStore.Written writeStatus() {
    // Not the status that this pass began with: it has written one ahead of an update.
    LambdaFunctionConfigStatus before = statuses.known(resource).status();
    basis = before;
    NextStatus next = NextStatus.after(before, generation(), now).history(history).handled(request);
    confirmValues();
    baseline = history.settled(baseline, UpdateHistory.of(before), unapplied);
    next.baseline(baseline);
    if (desired != null && restoring) {
      next.restoring(desired);
    } else if (desired != null) {
      next.managing(desired, target == null ? null : target.region());
    }
    if (function != null) {
      next.observed(function);
    } else if (decision() instanceof Decision.Stalled stalled
        && stalled.reason().equals(Decider.FUNCTION_NOT_FOUND)) {
      next.absent();
    }
    if (applied != null) {
      next.applied(applied);
    }
    return write(before, next.decided(decision(), plan));
  }

  /** Acknowledges a suspended spec. A request to reconcile is answered once it is resumed. */
  StatusStore.Written writeSuspended() {
    LambdaFunctionConfigStatus before = statuses.known(resource).status();
    return write(before, NextStatus.after(before, generation(), now).suspended());
  }

  /** Says that a suspension has ended, before the first look at the function. */
  StatusStore.Written writeResumed() {
    LambdaFunctionConfigStatus before = statuses.known(resource).status();
    return write(
        before,
        NextStatus.after(before, generation(), now)
            .managing(managed(), target().region())
            .resumed());
  }

  private StatusStore.Written write(
      @Nullable LambdaFunctionConfigStatus before, LambdaFunctionConfigStatus status) {
    StatusStore.Written written = statuses.write(resource, status);
    if (written == StatusStore.Written.DONE) {
      reporter.written(before, status);
      UpdateRecord ended = UpdateHistory.of(status).endedSince(UpdateHistory.of(before));
      if (ended != null) {
        updateEnds.add(
            new UpdateEnd(Cause.named(ended.cause()), UpdateOutcome.of(ended.outcome(), refused)));
      }
    }
    return written;
  }

  /**
   * Whether what this pass came to holds for a resource as it is now.
   *
   * @param known its status as it is known now
   */
  boolean holdsFor(LambdaFunctionConfig now, @Nullable LambdaFunctionConfigStatus known) {
    return !now.isMarkedForDeletion()
        && generation() == now.getMetadata().getGeneration()
        && Objects.equals(request, ReconcileRequest.token(now))
        && Objects.equals(ReconcileRequest.release(resource), ReconcileRequest.release(now))
        && RestoreFinalizer.isOn(resource) == RestoreFinalizer.isOn(now)
        && Objects.equals(basis, known);
  }

  /** Takes a newer version of the same resource over. */
  Pass seenAgain(LambdaFunctionConfig now) {
    resource = now;
    return this;
  }

  LambdaFunctionConfig resource() {
    return resource;
  }

  /** The ARN that AWS answered in this pass, or null. */
  @Nullable String arn() {
    return function == null ? null : function.arn();
  }

  /** The update that this pass has seen the end of, or null. */
  @Nullable UpdateRecord endedUpdate() {
    UpdateRecord newest = history.newest();
    return newest == null
            || newest.outcome() == null
            || UpdateHistory.IN_PROGRESS.equals(newest.outcome())
            || previous.history().records().contains(newest)
        ? null
        : newest;
  }

  String uid() {
    return resource.getMetadata().getUid();
  }

  String namespace() {
    return resource.getMetadata().getNamespace();
  }

  Target target() {
    return Objects.requireNonNull(target);
  }

  /** The function as it was last described in this pass. */
  ObservedFunction function() {
    return Objects.requireNonNull(function);
  }

  Decision decision() {
    return Objects.requireNonNull(decision);
  }

  Baseline baseline() {
    return baseline;
  }

  /** Whether the values that the status told to be kept are not needed any more. */
  boolean hasDroppedValues() {
    return previous.baseline().secretName() != null && baseline.secretName() == null;
  }

  Instant now() {
    return now;
  }

  ChangeReporter reporter() {
    return reporter;
  }

  /** The fields that differ by the last plan, or all where none could be made. */
  List<String> differing() {
    if (plan != null && !plan.isEmpty()) {
      return plan.fields();
    }
    return desired == null ? List.of() : desired.managedPaths();
  }

  /** The fields of the update that put back what was there, or none if none was needed. */
  List<String> restored() {
    return history.records().stream()
        .takeWhile(record -> Cause.Restored.name().equals(record.cause()))
        .flatMap(record -> Objects.requireNonNullElse(record.fields(), List.<String>of()).stream())
        .distinct()
        .toList();
  }

  RetryState retryState() {
    return retryState;
  }

  Desired managed() {
    return Objects.requireNonNull(desired);
  }

  /** Whether the spec wants the function left as it is, also while an update of before runs. */
  boolean onlyObserves() {
    return spec().observes() && !restoring;
  }

  boolean isRestoring() {
    return restoring;
  }

  LambdaFunctionConfigSpec spec() {
    return Objects.requireNonNull(resource.getSpec());
  }

  long generation() {
    return resource.getMetadata().getGeneration();
  }
}
