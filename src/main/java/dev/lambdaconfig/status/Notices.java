package dev.lambdaconfig.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The notices that follow from two successive statuses of a resource, or from an event. */
public final class Notices {

  private Notices() {}

  /** The notices of the change from one status to the next, in the order of the events. */
  public static List<Notice> between(
      @Nullable LambdaFunctionConfigStatus before, LambdaFunctionConfigStatus after) {
    List<Notice> notices = new ArrayList<>();
    UpdateRecord ended = UpdateHistory.of(after).endedSince(UpdateHistory.of(before));
    if (ended != null) {
      notices.add(outcome(ended));
    }
    drifted(notices, before, after);
    stalled(notices, condition(before, Conditions.STALLED), condition(after, Conditions.STALLED));
    String skipped = ValueSourceFacts.skippedKeys(after.valueSources);
    if (!skipped.isEmpty()
        && !skipped.equals(
            ValueSourceFacts.skippedKeys(before == null ? null : before.valueSources))) {
      notices.add(
          Notice.warning(
              Notice.KEYS_SKIPPED,
              "envFrom skips keys that cannot be environment variables: " + skipped));
    }
    StatusCondition suspended = condition(after, Conditions.SUSPENDED);
    if (suspended != null && condition(before, Conditions.SUSPENDED) == null) {
      notices.add(Notice.normal(Notice.SUSPENDED, suspended.message()));
    }
    return notices;
  }

  /**
   * The notice of an update that AWS accepted.
   *
   * @param cause why it was sent, or null where another version of this operator sent it
   */
  public static Notice started(List<String> fields, @Nullable Cause cause) {
    return Notice.normal(
        Notice.UPDATE_STARTED,
        "updating " + String.join(", ", fields) + (cause == null ? "" : " (" + cause + ")"));
  }

  /** The notice of updates that are paused, because they fail. */
  public static Notice paused(String message) {
    return Notice.warning(Notice.UPDATES_PAUSED, message);
  }

  /** The notice of updates that a person resumed. */
  public static Notice resumed(String where) {
    return Notice.normal(Notice.UPDATES_RESUMED, "updates in " + where + " are resumed");
  }

  /** The notice of functions that cannot be listed, so that the operator reads each of them. */
  public static Notice listingRefused(String region, String code, @Nullable String message) {
    return Notice.warning(
        Notice.LISTING_REFUSED,
        "the functions of "
            + region
            + " cannot be listed ("
            + code
            + (message == null ? "" : ": " + message)
            + "), so each function is read, which uses far more of the account's request quota:"
            + " grant lambda:ListFunctions to the operator");
  }

  /**
   * The notice of Secrets or ConfigMaps whose changes are noticed late.
   *
   * @param message which, why, and how to change that
   */
  public static Notice valuesNotWatched(String message) {
    return Notice.warning(Notice.VALUES_NOT_WATCHED, message);
  }

  /**
   * The notice of status fields that are not written, because the served schema lacks them.
   *
   * @param fields their paths within the status
   */
  public static Notice schemaOutdated(Set<String> fields) {
    return Notice.warning(
        Notice.SCHEMA_OUTDATED,
        "the CustomResourceDefinition is older than the operator, so these status fields are"
            + " omitted: "
            + String.join(", ", fields)
            + "; apply the CustomResourceDefinition of the operator's release");
  }

  /**
   * The notice of a resource that is held back, because members of specs are hidden.
   *
   * @param members their paths within the spec
   */
  public static Notice specHidden(Set<String> members) {
    return Notice.warning(
        Notice.SCHEMA_OUTDATED,
        "the CustomResourceDefinition is older than the operator and hides spec."
            + String.join(", spec.", members)
            + ", so neither the function nor the status is written; apply the"
            + " CustomResourceDefinition of the operator's release");
  }

  /** The notice of another operator that writes other statuses of the same resources. */
  public static Notice overlapping() {
    return Notice.warning(
        Notice.OVERLAPPING_OPERATORS,
        "another operator writes the status of this resource and says something else, so that both"
            + " answer at growing intervals; let each resource be selected by one operator"
            + " (namespaces, selector), and keep leader election on");
  }

  /** The notice of a restored function. */
  public static Notice restored(List<String> fields) {
    return Notice.normal(Notice.RESTORED, "restored " + String.join(", ", fields));
  }

  /**
   * The notice of a resource that is released although its function is not restored.
   *
   * @param fields the fields that were not restored
   * @param why the cause, without values
   */
  public static Notice abandoned(List<String> fields, String why) {
    return Notice.warning(
        Notice.RESTORE_ABANDONED,
        "the resource is released without restoring "
            + (fields.isEmpty() ? "its managed fields" : String.join(", ", fields))
            + ": "
            + why);
  }

  /** The notice of a baseline that an earlier version kept, and that stays where it is for now. */
  public static Notice valuesNotMoved(String secretName, int code, String operatorNamespace) {
    return Notice.warning(
        Notice.BASELINE_NOT_MOVED,
        "the former environment is in the Secret "
            + secretName
            + " of this namespace, where an earlier version stored it, and could not be moved to"
            + " "
            + operatorNamespace
            + " ("
            + code
            + "): grant get and delete on secrets in this namespace once (restore.migrateBaselines"
            + " in the Helm chart, or deploy/restore-migration-rbac.yaml); until then it cannot be"
            + " restored");
  }

  private static Notice outcome(UpdateRecord record) {
    String fields = String.join(", ", Objects.requireNonNullElse(record.fields(), List.of()));
    return UpdateHistory.SUCCEEDED.equals(record.outcome())
        ? Notice.normal(Notice.UPDATE_SUCCEEDED, "updated " + fields)
        : Notice.warning(
            Notice.UPDATE_FAILED, "the update of " + fields + " failed: " + record.outcome());
  }

  private static void drifted(
      List<Notice> notices,
      @Nullable LambdaFunctionConfigStatus before,
      LambdaFunctionConfigStatus after) {
    StatusCondition was = condition(before, Conditions.DRIFTED);
    StatusCondition is = condition(after, Conditions.DRIFTED);
    if (is == null || !is.status().equals("True")) {
      return;
    }
    StatusCondition ready = condition(after, Conditions.READY);
    UpdateRecord open = UpdateHistory.of(after).open();
    boolean corrected =
        NextStatus.announcesDrift(ready)
            || (open != null && Cause.DriftCorrected.name().equals(open.cause()));
    boolean observed = ready != null && ready.reason().equals(NextStatus.OBSERVED);
    boolean toldBefore =
        was != null && was.status().equals("True") && was.message().equals(is.message());
    boolean ignored = is.reason().equals(NextStatus.DRIFT_IGNORED);
    if ((corrected || observed || ignored) && !toldBefore) {
      notices.add(Notice.warning(Notice.DRIFT_DETECTED, is.message()));
    }
  }

  private static void stalled(
      List<Notice> notices, @Nullable StatusCondition was, @Nullable StatusCondition is) {
    if (is == null || (was != null && was.reason().equals(is.reason()))) {
      return;
    }
    notices.add(
        is.reason().equals(Notice.CONFLICT)
            ? Notice.warning(Notice.CONFLICT, is.message())
            : Notice.warning(Notice.STALLED, is.reason() + ": " + is.message()));
  }

  private static @Nullable StatusCondition condition(
      @Nullable LambdaFunctionConfigStatus status, String type) {
    return status == null ? null : Conditions.find(status.conditions, type);
  }
}
