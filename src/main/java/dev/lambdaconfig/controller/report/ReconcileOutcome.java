package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.decision.Decision;
import org.jspecify.annotations.Nullable;

/** What a pass came to; the names are what metrics say. */
public enum ReconcileOutcome {
  /** The function is what the spec declares. */
  InSync,
  /** What differs is told, and left as it is. */
  Observed,
  /** An update was sent. */
  Update,
  /** AWS is busy with the function. */
  Wait,
  /** Something failed that passes by itself. */
  Retry,
  /** Only a person can help. */
  Stalled,
  /** Updates like this one fail, so that it is not sent for now. */
  Paused,
  /** A call has to wait for its turn. */
  Postponed;

  /** What a decision that ends a pass comes to; null for one that ends none. */
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
