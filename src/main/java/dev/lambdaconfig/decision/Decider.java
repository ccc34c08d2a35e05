package dev.lambdaconfig.decision;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision.InProgress;
import dev.lambdaconfig.decision.Decision.Observed;
import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.Elapsed;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do about a function.
 *
 * <pre>
 *             ┌─ busy (Pending, InProgress, 409) ──► InProgress ──────┐
 *             │                                                       │ requeued
 *   read ─────┼─ differs ──► Update ──► accepted ──► InProgress ──────┤
 *     ▲       │                │ 412: read again                      │
 *     │       │                └ refused ──► Stalled, held            │
 *     │       ├─ in sync, settled ──► InSync                          │
 *     │       └─ failed ──► Retry (transient) or Stalled              │
 *     └───────────────────────────────────────────────────────────────┘
 * </pre>
 */
public final class Decider {

  private static final String UNKNOWN_CREDENTIALS =
      "; the credentials are not valid, or the function's Region is not enabled in their account";

  /** The reason where the function does not exist in this account and Region. */
  public static final String FUNCTION_NOT_FOUND = "FunctionNotFound";

  /** The reason where an update runs. */
  public static final String UPDATE_IN_PROGRESS = "UpdateInProgress";

  /** The reason where an update has been running for over ten minutes. */
  public static final String UPDATE_STUCK = "UpdateStuck";

  /** The reason where the endpoint returns no RevisionId, and unguarded updates are not allowed. */
  public static final String NO_REVISION_ID = "NoRevisionId";

  /**
   * The reason where the resource names another function than the one to which it was first
   * resolved.
   */
  public static final String TARGET_CHANGED = "TargetChanged";

  /** The transient codes of a failed update (docs/aws.md#update-failure-codes). */
  private static final Set<String> PASSING_UPDATE_CODES =
      Set.of(
          "EC2RequestLimitExceeded",
          "EniLimitExceeded",
          "EFSIOError",
          "InsufficientCapacity",
          "InternalError",
          "SubnetOutOfIPAddresses",
          "VcpuLimitExceeded",
          "ServiceQuotaExceededException");

  /** Maximum number of accepted updates without effect for one spec. */
  private static final int NOT_APPLIED_TWICE = 2;

  /** The message of a running update. A different one after the first read would cost a write. */
  private static final String APPLYING = "AWS is applying an update";

  private static final String ONE_AFTER_THE_OTHER =
      "; for more than "
          + RequeuePolicy.STUCK_AFTER.toMinutes()
          + " minutes each read has found another update: find its sender in CloudTrail";

  private Decider() {}

  /** Decides on the answer to a read. */
  public static Judgement afterRead(DecisionInput input, Answer answer) {
    DecisionInput now = withoutUnsent(input);
    return switch (answer) {
      case Answer.Failed(Failure failure) -> unreadable(now, failure);
      case Answer.Described(ObservedFunction function) -> described(now, function);
    };
  }

  /**
   * Removes an update that waits for the rate limiter, and limits waits after a clock was set back.
   */
  private static DecisionInput withoutUnsent(DecisionInput input) {
    RetryState retryState = input.retryState().by(input.now());
    UpdateRecord unsent = retryState.unsent();
    // The history can contain another update by now, recorded and sent by another operator.
    return unsent != null && unsent.equals(input.history().open())
        ? input.with(input.history().withoutNewest(), retryState.withoutUnsent())
        : input.with(input.history(), retryState.withoutUnsent());
  }

  private static Judgement unreadable(DecisionInput input, Failure failure) {
    FailureKind kind = FailureKind.of(failure);
    RetryState unread = input.retryState().unread();
    RetryState retryState = kind == FailureKind.NOT_FOUND ? unread.afresh(input.now()) : unread;
    String message = input.cleaned(failure, null);
    Decision decision =
        switch (kind) {
          case NOT_FOUND ->
              new Stalled(
                  FUNCTION_NOT_FOUND,
                  message
                      + "; the operator does not create functions: deploy the function, or"
                      + " correct functionName and region",
                  input.recheckStalled());
          case DENIED ->
              new Stalled(
                  failure.code(),
                  failure.isOfUnknownCredentials() ? message + UNKNOWN_CREDENTIALS : message,
                  RequeuePolicy.DENIED);
          case BUSY, STALE_REVISION, THROTTLED, TRANSIENT ->
              retry(failure, message, retryState.unreadable(), input);
          case PROPAGATING_POLICY, PROPAGATING_NETWORK, PROPAGATING_ID, REFUSED ->
              new Stalled(failure.code(), message, RequeuePolicy.REFUSED);
        };
    return new Judgement(decision, null, input.history(), retryState);
  }

  private static Judgement described(DecisionInput told, ObservedFunction function) {
    if (function.isOtherThan(told.before().pinnedArn())) {
      return anotherFunction(told, function);
    }
    DecisionInput input =
        isAnew(told, function)
            ? told.with(told.history(), told.retryState().afresh(told.now())).judging(function)
            : told.judging(function);
    Plan plan = Diff.between(input.desired(), function);
    Lifecycle lifecycle = function.lifecycle();
    if (input.observes()) {
      return observed(input, function, plan);
    }
    if (!lifecycle.isSettled()
        || (plan.isEmpty() && lifecycle.isUnclear())
        || input.retryState().isAheadOf(function, input.now())) {
      return busy(input, function, plan);
    }
    UpdateHistory history = settledHistory(input, function, plan);
    RetryState settled = input.retryState().settled();
    RetryState judged =
        input.retryState().accepted() == null ? settled : settled.judged(function.settings());
    RetryState retryState = lifecycle.lastUpdateFailed() ? judged : judged.recovered();
    return new SettledDecision(input.with(history, retryState), function, plan).decide();
  }

  /**
   * Whether the function was created anew, or its code deployed (docs/aws.md#code-sha256): settings
   * that changed with it are no answer to an earlier correction.
   */
  private static boolean isAnew(DecisionInput input, ObservedFunction function) {
    String before = input.before().codeSha256();
    String now = function.configuration().textAt("CodeSha256");
    return function.lifecycle().isBeingCreated()
        || (before != null && now != null && !before.equals(now));
  }

  /** Decides on a function that is only observed. An earlier update still ends in the history. */
  private static Judgement observed(DecisionInput input, ObservedFunction function, Plan plan) {
    UpdateHistory history =
        function.lifecycle().isSettled() ? settledHistory(input, function, plan) : input.history();
    return new Judgement(
        new Observed(plan, input.options().mode(), input.recheck()),
        plan,
        history,
        input.retryState().atRest());
  }

  private static UpdateHistory settledHistory(
      DecisionInput input, ObservedFunction function, Plan plan) {
    return input.history().settled(function, plan, input.version(), input.retryState().accepted());
  }

  /** Decides on another function than the pinned one, which neither plan nor history are about. */
  private static Judgement anotherFunction(DecisionInput input, ObservedFunction function) {
    return new Judgement(
        new Stalled(
            TARGET_CHANGED,
            "this resource was resolved to "
                + input.before().pinnedArn()
                + " and would now change "
                + function.arn()
                + ": restore the operator's Region and account, or create another"
                + " LambdaFunctionConfig for the other function",
            input.recheckStalled()),
        null,
        input.history(),
        input.retryState());
  }

  private static Judgement busy(DecisionInput input, ObservedFunction function, Plan plan) {
    RetryState retryState = input.retryState().busy(input.now(), function.running());
    String what = doing(function.lifecycle());
    Decision decision =
        isLong(retryState.runningSince(), input)
            ? new InProgress(
                UPDATE_STUCK,
                what
                    + " for more than "
                    + RequeuePolicy.STUCK_AFTER.toMinutes()
                    + " minutes; if it does not end, check the function in the AWS console",
                RequeuePolicy.STUCK_POLL)
            : new InProgress(
                UPDATE_IN_PROGRESS,
                isLong(retryState.busySince(), input) ? what + ONE_AFTER_THE_OTHER : what,
                RequeuePolicy.poll(retryState.polls() - 1, input.random()));
    return new Judgement(decision, plan, input.history(), retryState);
  }

  private static boolean isLong(@Nullable Instant since, DecisionInput input) {
    return since != null
        && Elapsed.between(since, input.now()).compareTo(RequeuePolicy.STUCK_AFTER) > 0;
  }

  private static String doing(Lifecycle lifecycle) {
    if (lifecycle.isUpdating() || (lifecycle.isSettled() && !lifecycle.isUnclear())) {
      return APPLYING;
    }
    return lifecycle.isPending()
        ? "AWS is preparing the function (State Pending)"
        : "AWS is processing the function (LastUpdateStatus "
            + lifecycle.lastUpdateStatus()
            + ", which is unknown to this operator)";
  }

  /** Decides on a function that others changed each time between read and update. */
  public static Judgement everChanging(DecisionInput input) {
    String code = "PreconditionFailedException";
    RetryState retryState = input.retryState().failed(input.generation(), code, input.now());
    return new Judgement(
        new Retry(
            code,
            "another writer changed the function between each read and update: find that writer"
                + " in CloudTrail",
            RequeuePolicy.retry(retryState.failures() - 1, input.random())),
        null,
        input.history().withoutOpen(),
        retryState);
  }

  /**
   * Decides on the answer to an update.
   *
   * @param before the function as it was read when the update was planned
   */
  public static Judgement afterUpdate(
      DecisionInput input, Update update, ObservedFunction before, Answer answer) {
    return switch (answer) {
      case Answer.Described(ObservedFunction function) ->
          new Judgement(
              new InProgress(UPDATE_IN_PROGRESS, APPLYING, RequeuePolicy.poll(0, input.random())),
              update.plan(),
              input.history(),
              input
                  .retryState()
                  .accepted(
                      function.configuration().textAt("LastModified"),
                      input.now(),
                      input.history().open()));
      case Answer.Failed(Failure failure) ->
          new FailedUpdateDecision(input, update, before, failure).decide();
    };
  }

  static Retry retry(Failure failure, String message, int failures, DecisionInput input) {
    Duration backoff = RequeuePolicy.retry(failures - 1, input.random());
    return new Retry(failure.code(), message, RequeuePolicy.noSooner(backoff, failure));
  }

  static boolean passes(@Nullable String updateCode) {
    return updateCode != null
        && (PASSING_UPDATE_CODES.contains(updateCode) || updateCode.startsWith("EFSMount"));
  }

  static boolean givenUp(UpdateHistory history, DesiredVersion version) {
    return history.notApplied(version) >= NOT_APPLIED_TWICE;
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
