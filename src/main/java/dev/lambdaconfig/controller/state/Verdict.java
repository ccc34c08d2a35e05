package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;

/** What a gate, or any other act of a reconcile, makes of the step before it. */
public sealed interface Verdict {

  /** All that is known now. */
  Step step();

  /** The reconcile goes on from this step. */
  record Pass(Step step) implements Verdict {}

  /** The reconcile ends with the decision of this step, which is to be reported. */
  record Decide(Step step) implements Verdict {}

  /** The reconcile ends undecided: nothing new can be said before the next one. */
  record LookAgain(Step step, Requeue requeue) implements Verdict {}

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

  /** Goes on with the next act, unless the reconcile has ended. */
  default Verdict then(Reconciliation reconciliation, Gate next) {
    return this instanceof Pass ? next.check(reconciliation, step()) : this;
  }
}
