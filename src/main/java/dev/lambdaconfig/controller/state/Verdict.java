package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;

/** The result of a gate, or of any other act of a reconcile, given the step before it. */
public sealed interface Verdict {

  /** All that is known now. */
  Step step();

  /** The reconcile goes on from this step. */
  record Pass(Step step) implements Verdict {}

  /** The reconcile ends with the decision of this step, which is to be reported. */
  record Decide(Step step) implements Verdict {}

  /** The reconcile ends undecided: nothing new can be said before the next one. */
  record LookAgain(Step step, Requeue requeue) implements Verdict {}

  /**
   * The reconcile is kept from its end by a failure, which is thrown once all that is known is
   * counted.
   */
  record Failed(Step step, RuntimeException failure) implements Verdict {}

  /** Goes on from a step. */
  static Verdict pass(Step step) {
    return new Pass(step);
  }

  /** Ends with a decision. */
  static Verdict decide(Step step, Decision decision) {
    return new Decide(step.decided(decision));
  }

  /** Ends undecided. */
  static Verdict lookAgain(Step step, Requeue requeue) {
    return new LookAgain(step, requeue);
  }

  /** Ends with a failure. */
  static Verdict failed(Step step, RuntimeException failure) {
    return new Failed(step, failure);
  }

  /** Goes on with the next act, unless the reconcile has ended; an act that throws ends it. */
  default Verdict then(Reconciliation reconciliation, Gate next) {
    if (!(this instanceof Pass)) {
      return this;
    }
    try {
      return next.check(reconciliation, step());
    } catch (RuntimeException e) {
      return failed(step(), e);
    }
  }
}
