package dev.lambdaconfig.cli.plan.report;

import dev.lambdaconfig.plan.environment.UnreadValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one manifest.
 *
 * @param functionName the function as the manifest names it, or null where it names none
 * @param region the Region of the function, or null where it is not known
 * @param changes what the update would change
 * @param drift what differs and would be left as it is
 * @param request the update, or null where none would be sent
 * @param notCompared the settings that could not be compared, and what is in the way
 * @param notes what else to know
 * @param problem why the action is an error, or null
 */
public record FunctionPlan(
    ManifestOrigin origin,
    @Nullable String functionName,
    @Nullable String region,
    PlannedAction action,
    List<FieldChange> changes,
    List<FieldChange> drift,
    @Nullable PlannedRequest request,
    List<UnreadValue> notCompared,
    List<String> notes,
    @Nullable PlanProblem problem) {

  public FunctionPlan {
    changes = List.copyOf(changes);
    drift = List.copyOf(drift);
    notCompared = List.copyOf(notCompared);
    notes = List.copyOf(notes);
  }

  /** The plan that changes nothing. */
  public static FunctionPlan unchanged(
      ManifestOrigin origin, @Nullable String functionName, @Nullable String region) {
    return new FunctionPlan(
        origin,
        functionName,
        region,
        PlannedAction.NONE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        null);
  }

  /** A manifest of which nothing but a problem is known. */
  public static FunctionPlan failed(ManifestOrigin origin, PlanProblem problem) {
    return unchanged(origin, null, null).failing(problem);
  }

  /** The same plan with a problem instead of an update. */
  public FunctionPlan failing(PlanProblem problem) {
    return new FunctionPlan(
        origin,
        functionName,
        region,
        PlannedAction.ERROR,
        changes,
        drift,
        null,
        notCompared,
        notes,
        problem);
  }

  /** The same plan with an update. */
  public FunctionPlan sending(PlannedRequest planned) {
    return new FunctionPlan(
        origin,
        functionName,
        region,
        PlannedAction.UPDATE,
        changes,
        drift,
        planned,
        notCompared,
        notes,
        null);
  }

  /**
   * The same plan with what differs.
   *
   * @param changed what an update would change
   * @param left what would be left as it is
   */
  public FunctionPlan differing(List<FieldChange> changed, List<FieldChange> left) {
    return new FunctionPlan(
        origin, functionName, region, action, changed, left, request, notCompared, notes, problem);
  }

  /** The same plan with what could not be compared, and what else to know. */
  public FunctionPlan remarking(List<UnreadValue> unread, List<String> remarks) {
    return new FunctionPlan(
        origin, functionName, region, action, changes, drift, request, unread, remarks, problem);
  }

  /** Whether the function differs from its manifest, as far as that could be compared. */
  public boolean differs() {
    return !changes.isEmpty() || !drift.isEmpty() || action == PlannedAction.UPDATE;
  }
}
