package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Decision.Observed;
import dev.lambdaconfig.plan.Decision.Retry;
import dev.lambdaconfig.plan.Decision.Stalled;
import dev.lambdaconfig.plan.Decision.Update;
import dev.lambdaconfig.plan.Decision.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do about a function.
 *
 * <pre>
 *             ┌─────────── busy (Pending, InProgress, 409) ──► Wait ──┐
 *             │                                                       │ look again
 *   read ─────┼─ differs ──► Update ──► accepted ──► Wait ────────────┤
 *     ▲       │                │ 412: read again                      │
 *     │       │                └ refused ──► Stalled, held            │
 *     │       ├─ the same, settled ──► InSync                         │
 *     │       └─ failed ──► Retry (passes) or Stalled (a person)      │
 *     └───────────────────────────────────────────────────────────────┘
 * </pre>
 */
public final class Decider {

  /** The function does not exist in this account and Region. */
  public static final String FUNCTION_NOT_FOUND = "FunctionNotFound";

  /** An update runs. */
  public static final String UPDATE_IN_PROGRESS = "UpdateInProgress";

  /** An update has been running for over ten minutes. */
  public static final String UPDATE_STUCK = "UpdateStuck";

  /** The endpoint gives no RevisionId, and unguarded updates are not allowed. */
  public static final String NO_REVISION_ID = "NoRevisionId";

  /** The resource now names another function than the one that it was resolved to. */
  public static final String TARGET_CHANGED = "TargetChanged";

  /** Codes of a failed update that pass by themselves. */
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

  /** So often an update that AWS accepted may fail to show before it is given up. */
  private static final int NOT_APPLIED_TWICE = 2;

  /** The same words before and after the first look at it, or that look would be a status write. */
  private static final String APPLYING = "AWS is applying an update";

  private static final String ONE_AFTER_THE_OTHER =
      "; for more than "
          + Delays.STUCK_AFTER.toMinutes()
          + " minutes each look has found another one: find out who updates the function again and"
          + " again (CloudTrail)";

  private Decider() {}

  /** Decides on the answer to a read. */
  public static Step afterRead(Situation situation, Answer answer) {
    Situation now = withoutUnsent(situation);
    return switch (answer) {
      case Answer.Failed(Failure failure) -> unreadable(now, failure);
      case Answer.Described(ObservedFunction function) -> described(now, function);
    };
  }

  /**
   * What waits for its turn is not judged; nor does a clock that was set back make waits longer.
   */
  private static Situation withoutUnsent(Situation situation) {
    Memory memory = situation.memory().by(situation.now());
    UpdateRecord unsent = memory.unsent();
    // Only that: another operator may have told, and sent, another one.
    return unsent != null && unsent.equals(Records.open(situation.history()))
        ? situation.with(Records.dropped(situation.history()), memory.withoutUnsent())
        : situation.with(situation.history(), memory.withoutUnsent());
  }

  private static Step unreadable(Situation situation, Failure failure) {
    FailureKind kind = FailureKind.of(failure);
    Memory unread = situation.memory().unread();
    Memory memory = kind == FailureKind.NOT_FOUND ? unread.afresh(situation.now()) : unread;
    String message = Redaction.of(situation.desired(), null).clean(failure.message());
    Decision decision =
        switch (kind) {
          case NOT_FOUND ->
              new Stalled(
                  FUNCTION_NOT_FOUND,
                  message
                      + "; functions are configured here, never created: deploy the function, or"
                      + " correct functionName and region",
                  situation.recheck());
          case DENIED -> new Stalled(failure.code(), message, Delays.DENIED);
          case CONFLICT, STALE_REVISION, THROTTLED, TRANSIENT ->
              retry(failure, message, memory.unreadable(), situation);
          case SETTLING_POLICY, SETTLING_NETWORK, SETTLING_ID, REFUSED ->
              new Stalled(failure.code(), message, Delays.REFUSED);
        };
    return new Step(decision, null, situation.history(), memory);
  }

  private static Step described(Situation told, ObservedFunction function) {
    if (function.isOtherThan(told.pinnedArn())) {
      return anotherFunction(told, function);
    }
    Situation situation =
        isAnew(told, function) ? told.with(told.history(), told.memory().afresh(told.now())) : told;
    Plan plan = Diff.between(situation.desired(), function);
    Lifecycle lifecycle = function.lifecycle();
    if (situation.observes()) {
      return observed(situation, function, plan);
    }
    if (!lifecycle.isSettled() || (plan.isEmpty() && lifecycle.isUnclear())) {
      return busy(situation, function, plan);
    }
    List<UpdateRecord> history = settledHistory(situation, function, plan);
    Memory settled = situation.memory().settled();
    // On endpoints without RevisionId, what settledRevision says elsewhere.
    Memory memory =
        situation.memory().accepted() == null ? settled : settled.judged(function.identity());
    return new Settled(situation.with(history, memory), function, plan).decide();
  }

  /** Made anew, or deployed by somebody: whatever was set before, nobody has answered it. */
  private static boolean isAnew(Situation situation, ObservedFunction function) {
    String before = situation.before().codeSha256();
    String now = function.configuration().textAt("CodeSha256");
    return function.lifecycle().isBeingCreated()
        || (before != null && now != null && !before.equals(now));
  }

  /** An update that was sent before the user wished to observe ends in the history all the same. */
  private static Step observed(Situation situation, ObservedFunction function, Plan plan) {
    List<UpdateRecord> history =
        function.lifecycle().isSettled()
            ? settledHistory(situation, function, plan)
            : situation.history();
    return new Step(
        new Observed(plan, situation.options().mode(), situation.recheck()),
        plan,
        history,
        situation.memory().atRest());
  }

  private static List<UpdateRecord> settledHistory(
      Situation situation, ObservedFunction function, Plan plan) {
    return Records.settled(
        situation.history(), function, plan, situation.generation(), situation.memory().accepted());
  }

  /** Before anything else: neither plan nor history speak of this function. */
  private static Step anotherFunction(Situation situation, ObservedFunction function) {
    return new Step(
        new Stalled(
            TARGET_CHANGED,
            "this resource was resolved to "
                + situation.pinnedArn()
                + " and would now change "
                + function.arn()
                + ": restore the operator's Region and account, or create another"
                + " LambdaFunctionConfig for the other function",
            situation.recheck()),
        null,
        situation.history(),
        situation.memory());
  }

  private static Step busy(Situation situation, ObservedFunction function, Plan plan) {
    Memory memory = situation.memory().busy(situation.now(), function.running());
    Memory.Busy busy = Objects.requireNonNull(memory.busy());
    String what = doing(function.lifecycle());
    Decision decision =
        isLong(busy.runningSince(), situation)
            ? new Wait(
                UPDATE_STUCK,
                what
                    + " for more than "
                    + Delays.STUCK_AFTER.toMinutes()
                    + " minutes; if it does not end, see the function in the AWS console",
                Delays.STUCK_POLL)
            : new Wait(
                UPDATE_IN_PROGRESS,
                isLong(busy.since(), situation) ? what + ONE_AFTER_THE_OTHER : what,
                Delays.poll(memory.polls() - 1, situation.random()));
    return new Step(decision, plan, situation.history(), memory);
  }

  private static boolean isLong(Instant since, Situation situation) {
    return Elapsed.between(since, situation.now()).compareTo(Delays.STUCK_AFTER) > 0;
  }

  private static String doing(Lifecycle lifecycle) {
    if (lifecycle.isUpdating()) {
      return APPLYING;
    }
    return lifecycle.isPending()
        ? "AWS is preparing the function (State Pending)"
        : "AWS is at work on the function (LastUpdateStatus "
            + lifecycle.lastUpdateStatus()
            + ", which this operator does not know)";
  }

  /** Decides on a function that was changed by others each time between read and update. */
  public static Step everChanging(Situation situation) {
    String code = "PreconditionFailedException";
    Memory memory = situation.memory().failed(situation.generation(), code, situation.now());
    return new Step(
        new Retry(
            code,
            "the function was changed by others each time between read and update",
            Delays.retry(memory.failures() - 1, situation.random())),
        null,
        Records.withoutOpen(situation.history()),
        memory);
  }

  /**
   * Decides on the answer to an update.
   *
   * @param before the function as it was read when the update was planned
   */
  public static Step afterUpdate(
      Situation situation, Update update, ObservedFunction before, Answer answer) {
    return switch (answer) {
      case Answer.Described(ObservedFunction function) ->
          new Step(
              new Wait(UPDATE_IN_PROGRESS, APPLYING, Delays.poll(0, situation.random())),
              update.plan(),
              situation.history(),
              situation
                  .memory()
                  .accepted(
                      function.configuration().textAt("LastModified"),
                      situation.now(),
                      Records.open(situation.history())));
      case Answer.Failed(Failure failure) ->
          new FailedUpdate(situation, update, before, failure).decide();
    };
  }

  static Retry retry(Failure failure, String message, int failures, Situation situation) {
    Duration backoff = Delays.retry(failures - 1, situation.random());
    Duration asked = Objects.requireNonNullElse(failure.retryAfter(), Duration.ZERO);
    Duration told = shorter(asked, Delays.LONGEST_ASKED);
    return new Retry(failure.code(), message, told.compareTo(backoff) > 0 ? told : backoff);
  }

  static boolean passes(@Nullable String updateCode) {
    return updateCode != null
        && (PASSING_UPDATE_CODES.contains(updateCode) || updateCode.startsWith("EFSMount"));
  }

  static boolean givenUp(List<UpdateRecord> history, long generation) {
    return Records.notApplied(history, generation) >= NOT_APPLIED_TWICE;
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
