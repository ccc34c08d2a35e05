package dev.lambdaconfig.controller.state;

import java.util.List;

/** One rule of what can end a reconcile before it sends an update. */
@FunctionalInterface
public interface Gate {

  /** Passes the step on, with what it has learned, or ends the reconcile. */
  Verdict check(Reconciliation reconciliation, Step step);

  /** The gates in their order, as one: the first one that does not pass ends the reconcile. */
  static Gate allOf(List<Gate> gates) {
    return (reconciliation, step) -> {
      Verdict verdict = Verdict.pass(step);
      for (Gate gate : gates) {
        verdict = verdict.then(reconciliation, gate);
      }
      return verdict;
    };
  }
}
