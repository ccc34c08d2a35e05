package dev.lambdaconfig.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of a function: State and LastUpdateStatus with their reasons, as AWS spells them.
 * They are strings, because AWS returns values that its own enumerations lack
 * (docs/aws.md#unknown-words).
 */
public record Lifecycle(
    @Nullable String state,
    @Nullable String stateReason,
    @Nullable String stateReasonCode,
    @Nullable String lastUpdateStatus,
    @Nullable String lastUpdateStatusReason,
    @Nullable String lastUpdateStatusReasonCode) {

  /**
   * The states in which AWS refuses every update with a conflict, however long one waits
   * (docs/aws.md#dead-states). Inactive is none of them (docs/aws.md#inactive).
   */
  private static final Set<String> DEAD =
      Set.of("Failed", "Deactivated", "Deactivating", "Deleting");

  private static final Set<String> KNOWN_UPDATE_STATUSES =
      Set.of("Successful", "Failed", "InProgress");

  /**
   * Whether AWS creates the function, or prepares it after it was inactive (docs/aws.md#pending).
   */
  public boolean isPending() {
    return "Pending".equals(state);
  }

  /** Whether AWS is creating the function. */
  public boolean isBeingCreated() {
    return isPending() && "Creating".equals(stateReasonCode);
  }

  /** Whether an update of code or configuration runs. */
  public boolean isUpdating() {
    return "InProgress".equals(lastUpdateStatus);
  }

  /**
   * Whether nothing runs: what was read stays true until somebody changes it, and its RevisionId
   * guards an update.
   */
  public boolean isSettled() {
    return !isPending() && !isUpdating();
  }

  /**
   * Whether AWS returned a LastUpdateStatus that the operator does not know: an update may run, so
   * the function cannot be reported as in sync.
   */
  public boolean isUnclear() {
    return lastUpdateStatus != null
        && !lastUpdateStatus.isEmpty()
        && !KNOWN_UPDATE_STATUSES.contains(lastUpdateStatus);
  }

  /**
   * Whether the last update failed. The function keeps its former configuration
   * (docs/aws.md#failed-update).
   */
  public boolean lastUpdateFailed() {
    return "Failed".equals(lastUpdateStatus);
  }

  /** Whether the function takes no update until somebody repairs or replaces it. */
  public boolean isDead() {
    return state != null && DEAD.contains(state);
  }
}
