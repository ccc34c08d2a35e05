package dev.lambdaconfig.cli.plan.report;

import dev.lambdaconfig.text.Counted;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan of all manifests.
 *
 * @param functions the plan of each, in their order
 * @param skipped the number of resources of each other kind among the manifests
 */
public record PlanReport(List<FunctionPlan> functions, SortedMap<String, Integer> skipped) {

  /** The exit code where there is nothing to do. */
  public static final int NOTHING_TO_DO = 0;

  /** The exit code where anything could not be planned. */
  public static final int FAILED = 1;

  /** The exit code where there are changes. */
  public static final int CHANGES = 2;

  public PlanReport {
    functions = List.copyOf(functions);
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
  }

  /** The number of manifests with an action. */
  public int count(PlannedAction action) {
    return (int) functions.stream().filter(plan -> plan.action() == action).count();
  }

  /** The plans with an action, in their order. */
  public List<FunctionPlan> with(PlannedAction action) {
    return functions.stream().filter(plan -> plan.action() == action).toList();
  }

  /** The summary, such as {@code 2 to update, 198 unchanged, 1 error}. */
  public String summary() {
    return count(PlannedAction.UPDATE)
        + " to update, "
        + count(PlannedAction.NONE)
        + " unchanged, "
        + Counted.of(count(PlannedAction.ERROR), "error");
  }

  /**
   * The exit code of the command.
   *
   * @param failsOnDrift whether each difference counts as a change, also one that the operator
   *     would leave as it is
   */
  public int exitCode(boolean failsOnDrift) {
    if (count(PlannedAction.ERROR) > 0) {
      return FAILED;
    }
    boolean changes =
        count(PlannedAction.UPDATE) > 0
            || (failsOnDrift && functions.stream().anyMatch(FunctionPlan::differs));
    return changes ? CHANGES : NOTHING_TO_DO;
  }
}
