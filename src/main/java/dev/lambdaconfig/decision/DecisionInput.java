package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.redaction.PublicNames;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The input of a decision, besides AWS's answer.
 *
 * @param desired the settings that the function is to have
 * @param generation the generation of the spec
 * @param purpose the purpose of the read
 * @param requested whether this reconcile was requested, so that an update that failed before is
 *     tried again now
 * @param options the options of the operator
 * @param now the time
 * @param random a number from 0 to 1
 * @param before the facts of earlier reconciles in the status
 * @param target the function that calls are made for, or null where that is not known
 * @param history the updates so far
 * @param retryState the state that was kept since the last reconcile
 */
public record DecisionInput(
    Desired desired,
    long generation,
    Purpose purpose,
    boolean requested,
    Options options,
    Instant now,
    double random,
    Before before,
    @Nullable Target target,
    UpdateHistory history,
    RetryState retryState) {

  /**
   * The facts of earlier reconciles in the status.
   *
   * @param lastReadyGeneration the generation for which the function was last in sync, or null
   * @param pinnedArn the ARN that the resource was first resolved to, or null
   * @param sources the digest of the versions of the sources with whose values the function was
   *     last in sync, or null where the spec referred to none
   * @param announced the cause of an update that was announced and may not have been sent, or null
   * @param codeSha256 the hash of the function's code, or null
   */
  public record Before(
      @Nullable Long lastReadyGeneration,
      @Nullable String pinnedArn,
      @Nullable String sources,
      @Nullable Cause announced,
      @Nullable String codeSha256) {
    /** The past of a resource that was never reconciled. */
    public static final Before NONE = new Before(null, null, null, null, null);
  }

  /**
   * The options of the operator.
   *
   * @param interval the longest time between two reads of a function at rest
   * @param allowUnguarded whether to update functions whose endpoint returns no RevisionId
   * @param mode whether to update any function
   */
  public record Options(Duration interval, boolean allowUnguarded, OperatorMode mode) {
    /** The options of an operator that enforces. */
    public Options(Duration interval, boolean allowUnguarded) {
      this(interval, allowUnguarded, OperatorMode.ENFORCE);
    }
  }

  /**
   * The input for a resource that is enforced, was never reconciled, and whose reconcile nobody
   * requested.
   */
  public static DecisionInput of(
      Desired desired, long generation, Options options, Instant now, double random) {
    return new DecisionInput(
        desired,
        generation,
        Purpose.ENFORCE,
        false,
        options,
        now,
        random,
        Before.NONE,
        null,
        UpdateHistory.NONE,
        RetryState.NONE);
  }

  /** The same input for another purpose, requested or not. */
  public DecisionInput with(Purpose newPurpose, boolean isRequested) {
    return new DecisionInput(
        desired,
        generation,
        newPurpose,
        isRequested,
        options,
        now,
        random,
        before,
        target,
        history,
        retryState);
  }

  /** The same input with other facts in the status. */
  public DecisionInput with(Before newBefore) {
    return new DecisionInput(
        desired,
        generation,
        purpose,
        requested,
        options,
        now,
        random,
        newBefore,
        target,
        history,
        retryState);
  }

  /** The same input for calls about a function. */
  public DecisionInput with(@Nullable Target newTarget) {
    return new DecisionInput(
        desired,
        generation,
        purpose,
        requested,
        options,
        now,
        random,
        before,
        newTarget,
        history,
        retryState);
  }

  /** Redacts the message of a call that failed. */
  String cleaned(Failure failure, @Nullable ObservedFunction function) {
    // An answer to an update can repeat the environment, so it names no account.
    String naming = function == null ? failure.message() : null;
    PublicNames names = PublicNames.of(target, before.pinnedArn(), naming);
    return Redaction.of(desired, function, names).clean(failure.reason());
  }

  /**
   * The same input to judge a function: an announced update that it may show has taken its entries.
   */
  DecisionInput judging(ObservedFunction function) {
    return history.mayShowOpen(function, retryState.accepted())
        ? new DecisionInput(
            desired.takingAnnounced(),
            generation,
            purpose,
            requested,
            options,
            now,
            random,
            before,
            target,
            history,
            retryState)
        : this;
  }

  /** The same input after other updates. */
  public DecisionInput with(UpdateHistory newHistory, RetryState newRetryState) {
    return new DecisionInput(
        desired,
        generation,
        purpose,
        requested,
        options,
        now,
        random,
        before,
        target,
        newHistory,
        newRetryState);
  }

  /** The version of the desired settings. */
  DesiredVersion version() {
    return DesiredVersion.of(generation, desired);
  }

  /** Whether nothing is written, by the spec's purpose or by the operator's mode. */
  boolean observes() {
    return purpose == Purpose.OBSERVE || options.mode() == OperatorMode.OBSERVE;
  }

  /** The delay until the next read of a function at rest. */
  Duration recheck() {
    return RequeuePolicy.recheck(options.interval(), random);
  }

  /** The delay until the next read of a stalled function. */
  Duration recheckStalled() {
    return RequeuePolicy.stalled(options.interval(), random);
  }
}
