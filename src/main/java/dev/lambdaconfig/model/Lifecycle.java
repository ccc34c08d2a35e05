package dev.lambdaconfig.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a function stands: State and LastUpdateStatus with their reasons, in AWS's words. They are
 * strings, because AWS answers values that its own enumerations lack.
 */
public record Lifecycle(
    @Nullable String state,
    @Nullable String stateReason,
    @Nullable String stateReasonCode,
    @Nullable String lastUpdateStatus,
    @Nullable String lastUpdateStatusReason,
    @Nullable String lastUpdateStatusReasonCode) {

  /** States in which every update is answered with a conflict, for ever. */
  private static final Set<String> DEAD =
      Set.of("Failed", "Deactivated", "Deactivating", "Deleting");

  private static final Set<String> KNOWN_UPDATE_STATUSES =
      Set.of("Successful", "Failed", "InProgress");

  /** The function is being created, or woken up after it was inactive. */
  public boolean isPending() {
    return "Pending".equals(state);
  }

  /** The function was made a moment ago. */
  public boolean isBeingCreated() {
    return isPending() && "Creating".equals(stateReasonCode);
  }

  /** An update of code or configuration is running. */
  public boolean isUpdating() {
    return "InProgress".equals(lastUpdateStatus);
  }

  /** Nothing runs: what was read holds until somebody changes it, and its RevisionId guards. */
  public boolean isSettled() {
    return !isPending() && !isUpdating();
  }

  /**
   * AWS answers a LastUpdateStatus that this operator does not know: perhaps an update runs, so
   * nothing can be called in sync.
   */
  public boolean isUnclear() {
    return lastUpdateStatus != null
        && !lastUpdateStatus.isEmpty()
        && !KNOWN_UPDATE_STATUSES.contains(lastUpdateStatus);
  }

  /** The last update failed; the function runs on with what it had. */
  public boolean lastUpdateFailed() {
    return "Failed".equals(lastUpdateStatus);
  }

  /** The function takes no update until somebody repairs or replaces it. */
  public boolean isDead() {
    return state != null && DEAD.contains(state);
  }
}
