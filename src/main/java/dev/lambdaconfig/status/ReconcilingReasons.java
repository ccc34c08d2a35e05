package dev.lambdaconfig.status;

import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.model.FailureKind;
import java.util.Set;

/**
 * The meaning of the reasons of {@code Reconciling}, which say that all goes on or that it fails.
 */
public final class ReconcilingReasons {

  /** The reasons where nothing fails, or where another sign says what does. */
  private static final Set<String> ADVANCING =
      Set.of(
          NextStatus.UPDATING,
          NextStatus.UPDATES_PAUSED,
          NextStatus.RESTORING,
          NextStatus.RESUMED,
          NextStatus.CHANGED,
          Decider.UPDATE_IN_PROGRESS);

  private ReconcilingReasons() {}

  /**
   * Whether something fails, or does not end, until the operator has tried again often enough. A
   * quota that is used up only makes it slower.
   */
  public static boolean isRetried(String reason) {
    return !ADVANCING.contains(reason) && !FailureKind.isThrottle(reason);
  }
}
