package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a reconcile has learned so far. Each act takes one and returns the next one; nothing
 * changes in place.
 *
 * @param decision what was decided last, or null before the first decision
 * @param plan the difference that was found last, or null where the function was not described
 * @param function the function as it was described last, or null
 * @param history the updates, the newest first
 * @param retryState what the next reconcile has to know
 * @param baseline what fields were before the first update
 * @param submission what became of the update that was sent last
 * @param appliedAt when AWS accepted the update that runs, or null
 * @param fresh whether the function was read in this reconcile
 * @param drifted whether an update was decided on that corrects a drift
 */
public record Step(
    @Nullable Decision decision,
    @Nullable Plan plan,
    @Nullable ObservedFunction function,
    UpdateHistory history,
    RetryState retryState,
    Baseline baseline,
    Submission submission,
    @Nullable Instant appliedAt,
    boolean fresh,
    boolean drifted) {

  /** The first step of a reconcile: what the status and this process remember. */
  public static Step start(Reconciliation reconciliation) {
    RetryState retryState =
        reconciliation.state().recall(reconciliation.previous(), reconciliation.now());
    RetryState.Accepted running = retryState.accepted();
    return new Step(
        null,
        null,
        null,
        reconciliation.previous().history(),
        retryState,
        startingBaseline(reconciliation.resource(), reconciliation.previous()),
        Submission.NONE,
        running == null ? null : running.when(),
        false,
        false);
  }

  /**
   * The baseline that a reconcile starts with. Values are kept also while the resource only
   * observes: what it has to restore one day is not lost over that.
   */
  public static Baseline startingBaseline(LambdaFunctionConfig resource, PreviousStatus previous) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    boolean keepsValues =
        spec == null || "Restore".equals(spec.deletionPolicy()) || spec.unreadable() != null;
    return keepsValues ? previous.baseline() : previous.baseline().withoutSecret();
  }

  /** A decision that no answer brought about. */
  public Step decided(Decision decided) {
    boolean corrects =
        decided instanceof Decision.Update update && update.cause() == Cause.DriftCorrected;
    return new Step(
        decided,
        plan,
        function,
        history,
        retryState,
        baseline,
        submission,
        appliedAt,
        fresh,
        drifted || corrects);
  }

  /** A judgement that no read brought about; the plan stays. */
  public Step judged(Judgement judgement) {
    return with(judgement.history()).with(judgement.retryState()).decided(judgement.decision());
  }

  /** Adds the answer of AWS, and the judgement of it. */
  public Step answered(Answer answer, Judgement judgement) {
    Step known =
        answer instanceof Answer.Described(ObservedFunction described) ? knowing(described) : this;
    return known.with(judgement.plan()).judged(judgement);
  }

  private Step with(@Nullable Plan found) {
    return new Step(
        decision,
        found,
        function,
        history,
        retryState,
        baseline,
        submission,
        appliedAt,
        fresh,
        drifted);
  }

  private Step with(RetryState learned) {
    return new Step(
        decision,
        plan,
        function,
        history,
        learned,
        baseline,
        submission,
        appliedAt,
        fresh,
        drifted);
  }

  /** The function as a read showed it that nothing is decided from. */
  public Step knowing(ObservedFunction read) {
    return new Step(
        decision, plan, read, history, retryState, baseline, submission, appliedAt, fresh, drifted);
  }

  /** The function was read in this reconcile. */
  public Step afterRead() {
    return new Step(
        decision,
        plan,
        function,
        history,
        retryState,
        baseline,
        submission,
        appliedAt,
        true,
        drifted);
  }

  /** The update was sent, and this came of it. */
  public Step submitted(Answer answer, Instant now) {
    Submission outcome = Submission.of(answer);
    return new Step(
        decision,
        plan,
        function,
        history,
        retryState,
        baseline,
        outcome,
        outcome == Submission.ACCEPTED ? now : appliedAt,
        fresh,
        drifted);
  }

  /** The same with another history. */
  public Step with(UpdateHistory changed) {
    return new Step(
        decision,
        plan,
        function,
        changed,
        retryState,
        baseline,
        submission,
        appliedAt,
        fresh,
        drifted);
  }

  /** The same with another baseline. */
  public Step with(Baseline changed) {
    return new Step(
        decision,
        plan,
        function,
        history,
        retryState,
        changed,
        submission,
        appliedAt,
        fresh,
        drifted);
  }

  /**
   * The update that was announced waits for the rate limiter: it was not sent, and is not judged.
   */
  public Step waiting() {
    return with(retryState.waiting(history));
  }

  /** Whether AWS may be applying an update that the operator sent. */
  public boolean mayBeApplied() {
    UpdateRecord open = history.open();
    return !isUpdate()
        && (retryState.accepted() != null || (open != null && !open.equals(retryState.unsent())));
  }

  /** The decision, after the first one. */
  public Decision decisionMade() {
    return Objects.requireNonNull(decision);
  }

  /** The update that was decided on. */
  public Decision.Update update() {
    return (Decision.Update) decisionMade();
  }

  /** Whether an update was decided on. */
  public boolean isUpdate() {
    return decision instanceof Decision.Update;
  }

  /** The function, after it was described. */
  public ObservedFunction observed() {
    return Objects.requireNonNull(function);
  }

  /**
   * Whether AWS has certainly not applied the update that was sent.
   *
   * @param announced the history that has it as open
   */
  public boolean isRejected(UpdateHistory announced) {
    return switch (submission) {
      case REJECTED -> true;
      // A conflict ends the update only after reads have shown for long that nothing runs.
      case OVERTAKEN -> new HistoryChange(announced, history).isRefused();
      case NONE, ACCEPTED, UNCERTAIN -> false;
    };
  }

  /** The ARN that AWS answered in this reconcile, or null. */
  public @Nullable String arn() {
    return function == null ? null : function.arn();
  }

  /**
   * The baseline with what this reconcile saw of fields that have none yet: only of a function at
   * rest, and of the one that the resource was resolved to.
   */
  public Baseline baselineSeen(Reconciliation reconciliation) {
    if (reconciliation.desired() == null
        || function == null
        || !function.lifecycle().isSettled()
        || function.isOtherThan(reconciliation.previous().functionArn())) {
      return baseline;
    }
    return baseline.with(reconciliation.desired(), function);
  }

  /** The update that this reconcile has seen the end of, or null. */
  public @Nullable UpdateRecord endedUpdate(Reconciliation reconciliation) {
    UpdateRecord newest = history.newest();
    return newest == null
            || newest.outcome() == null
            || UpdateHistory.IN_PROGRESS.equals(newest.outcome())
            || reconciliation.previous().history().records().contains(newest)
        ? null
        : newest;
  }

  /** The fields that differ by the last plan, or all where none could be made. */
  public List<String> differing(Reconciliation reconciliation) {
    if (plan != null && !plan.isEmpty()) {
      return plan.fields();
    }
    return reconciliation.desired() == null ? List.of() : reconciliation.desired().managedPaths();
  }

  /** The fields of the updates that restored fields, or none if none was needed. */
  public List<String> restored() {
    return history.records().stream()
        .takeWhile(record -> Cause.Restored.name().equals(record.cause()))
        .flatMap(record -> UpdateHistory.fields(record).stream())
        .distinct()
        .toList();
  }
}
