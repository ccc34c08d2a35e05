package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.Decision;
import org.jspecify.annotations.Nullable;

/** The outcome of a reconcile; metrics use the names as labels. */
public enum ReconcileOutcome {
  /** The function is what the spec declares. */
  InSync,
  /** The difference is reported, and not corrected. */
  Observed,
  /** An update was sent. */
  Update,
  /** AWS is busy with the function. */
  Wait,
  /** A transient failure. */
  Retry,
  /** Only a person can help. */
  Stalled,
  /** Updates like this one fail, so that it is not sent for now. */
  Paused,
  /** A call has to wait for the rate limiter. */
  Postponed;

  /** The outcome of a decision that ends a reconcile; null for one that ends none. */
  static @Nullable ReconcileOutcome of(Decision decision) {
    return switch (decision) {
      case Decision.InSync inSync -> InSync;
      case Decision.Observed observed -> Observed;
      case Decision.InProgress inProgress -> Wait;
      case Decision.Retry retry -> Retry;
      case Decision.Stalled stalled -> Stalled;
      case Decision.Paused paused -> Paused;
      case Decision.Update update -> null;
      case Decision.ReadAgain readAgain -> null;
    };
  }
}
