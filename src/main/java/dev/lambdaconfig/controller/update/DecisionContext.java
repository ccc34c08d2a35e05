package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.RequeuePolicy;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.status.NextStatus;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** The inputs of decisions besides a reconcile: the operator's settings, and randomness. */
public final class DecisionContext {

  private final Function<String, Duration> lookInterval;
  private final OperatorMode mode;
  private final boolean allowUnguarded;
  private final DoubleSupplier random;

  /**
   * Creates a context.
   *
   * @param lookInterval the longest time between two reads of the function of a resource, by its
   *     UID
   * @param mode whether to update any function
   * @param allowUnguarded whether to update functions whose endpoint gives no RevisionId
   * @param random numbers from 0 to 1
   */
  public DecisionContext(
      Function<String, Duration> lookInterval,
      OperatorMode mode,
      boolean allowUnguarded,
      DoubleSupplier random) {
    this.lookInterval = lookInterval;
    this.mode = mode;
    this.allowUnguarded = allowUnguarded;
    this.random = random;
  }

  /** The input of the next decision. */
  DecisionInput input(Reconciliation reconciliation, Step step) {
    return new DecisionInput(
        reconciliation.managed(),
        reconciliation.generation(),
        reconciliation.purpose(),
        reconciliation.requested(),
        new DecisionInput.Options(lookInterval.apply(reconciliation.uid()), allowUnguarded, mode),
        reconciliation.now(),
        random.getAsDouble(),
        reconciliation.previous().before(),
        reconciliation.target(),
        step.history(),
        step.retryState());
  }

  /** The delay before a read that AWS throttled, and nobody waits for, is made again. */
  Duration afterThrottle(Failure failure) {
    return RequeuePolicy.throttledRead(failure, random.getAsDouble());
  }

  /** Whether nothing is written, by the mode of the spec or of the operator. */
  boolean observes(Reconciliation reconciliation) {
    return mode.observes(reconciliation.spec());
  }

  /** Whether the status already says of this very spec that the function is in order. */
  boolean isReportedInOrder(Reconciliation reconciliation, Step step) {
    return reconciliation.isReportedInOrder(
        step.baseline(), observes(reconciliation) ? NextStatus.OBSERVED : NextStatus.IN_SYNC);
  }
}
