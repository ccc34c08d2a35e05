package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Desired;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision is made from, besides AWS's answer.
 *
 * @param desired what the spec wants
 * @param generation the generation of the spec
 * @param lastReadyGeneration the generation for which the function was last in sync, or null
 * @param pinnedArn the ARN that the resource was first resolved to, or null
 * @param history the updates so far, newest first
 * @param retryState what was kept since the last pass
 * @param now the time
 * @param random between 0 and 1
 * @param wish what the user wants besides the settings
 * @param options what the operator was told
 * @param before what the status says of before
 */
public record DecisionInput(
    Desired desired,
    long generation,
    @Nullable Long lastReadyGeneration,
    @Nullable String pinnedArn,
    UpdateHistory history,
    RetryState retryState,
    Instant now,
    double random,
    Wish wish,
    Options options,
    Before before) {

  /** Of a resource whose status says nothing that matters. */
  public DecisionInput(
      Desired desired,
      long generation,
      @Nullable Long lastReadyGeneration,
      @Nullable String pinnedArn,
      UpdateHistory history,
      RetryState retryState,
      Instant now,
      double random,
      Wish wish,
      Options options) {
    this(
        desired,
        generation,
        lastReadyGeneration,
        pinnedArn,
        history,
        retryState,
        now,
        random,
        wish,
        options,
        Before.NONE);
  }

  /**
   * What the status says of before.
   *
   * @param announcesDrift whether a drift was found that waits to be put right
   * @param codeSha256 the hash of the function's code, or null
   */
  public record Before(boolean announcesDrift, @Nullable String codeSha256) {
    /** Nothing. */
    public static final Before NONE = new Before(false, null);
  }

  /**
   * What the user wants besides the settings.
   *
   * @param observe to be told what differs, and no update: by the spec
   * @param now to have tried again now what failed before
   * @param restore to have back what was there before, because the resource is being deleted
   */
  public record Wish(boolean observe, boolean now, boolean restore) {
    /** Nothing besides. */
    public static final Wish NONE = new Wish(false, false, false);
  }

  /**
   * What the operator was told.
   *
   * @param interval how often a function at rest is looked at
   * @param allowUnguarded whether to update functions whose endpoint gives no RevisionId
   * @param mode whether to update any function
   */
  public record Options(Duration interval, boolean allowUnguarded, OperatorMode mode) {
    /** Of an operator that keeps what the specs declare. */
    public Options(Duration interval, boolean allowUnguarded) {
      this(interval, allowUnguarded, OperatorMode.ENFORCE);
    }
  }

  DecisionInput with(UpdateHistory newHistory, RetryState newRetryState) {
    return new DecisionInput(
        desired,
        generation,
        lastReadyGeneration,
        pinnedArn,
        newHistory,
        newRetryState,
        now,
        random,
        wish,
        options,
        before);
  }

  /** Whether nothing is written, be it by the spec's wish or by the operator's mode. */
  boolean observes() {
    return wish.observe() || options.mode() == OperatorMode.OBSERVE;
  }

  /** When to look again at a function at rest. */
  Duration recheck() {
    return RequeuePolicy.recheck(options.interval(), random);
  }
}
