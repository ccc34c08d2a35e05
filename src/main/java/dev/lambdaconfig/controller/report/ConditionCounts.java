package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.ConditionSummaries;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.status.Conditions;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.status.ReconcilingReasons;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of resources, by the statuses of their conditions.
 *
 * @param conditions by the condition's type, how many have which status; a condition that is absent
 *     counts as kstatus has it: {@code False} for Reconciling, Stalled and Suspended, else {@code
 *     Unknown}
 * @param stalled by reason, how many are stalled
 * @param retrying by reason, for how many something fails that the operator tries again
 * @param oldestDifference for how long the function of a resource that enforces its spec has
 *     differed from it, the longest
 */
public record ConditionCounts(
    Map<String, Map<String, Integer>> conditions,
    Map<String, Integer> stalled,
    Map<String, Integer> retrying,
    Duration oldestDifference) {

  /** The conditions that are counted. */
  public static final List<String> TYPES = ConditionSummaries.TYPES;

  /** The conditions that are there only while they are true. */
  private static final Set<String> ONLY_WHILE_TRUE =
      Set.of(Conditions.RECONCILING, Conditions.STALLED, Conditions.SUSPENDED);

  /** The statuses that a condition can have. */
  public static final List<String> STATUSES = ConditionSummaries.STATUSES;

  /** The counts of an empty cache. */
  public static final ConditionCounts EMPTY =
      of(Stream.empty(), OperatorMode.ENFORCE, Instant.EPOCH);

  /**
   * Counts the conditions of resources.
   *
   * @param mode the mode of the operator, which may only observe whatever specs say
   * @param now the time to which ages are measured
   */
  public static ConditionCounts of(
      Stream<LambdaFunctionConfig> resources, OperatorMode mode, Instant now) {
    Map<String, Map<String, Integer>> conditions = new HashMap<>();
    for (String type : TYPES) {
      Map<String, Integer> counts = new HashMap<>();
      STATUSES.forEach(status -> counts.put(status, 0));
      conditions.put(type, counts);
    }
    Map<String, Integer> stalled = new HashMap<>();
    Map<String, Integer> retrying = new HashMap<>();
    Duration[] oldest = {Duration.ZERO};
    resources.forEach(
        resource -> {
          List<StatusCondition> told = resource.conditionSummary();
          conditions.forEach((type, counts) -> counts.merge(statusOf(told, type), 1, Integer::sum));
          StatusCondition stalls = Conditions.find(told, Conditions.STALLED);
          if (stalls != null && stalls.status().equals("True")) {
            stalled.merge(stalls.reason(), 1, Integer::sum);
          }
          StatusCondition reconciles = Conditions.find(told, Conditions.RECONCILING);
          if (reconciles != null
              && reconciles.status().equals("True")
              && ReconcilingReasons.isRetried(reconciles.reason())) {
            retrying.merge(reconciles.reason(), 1, Integer::sum);
          }
          Duration difference = difference(resource, told, mode, now);
          oldest[0] = difference.compareTo(oldest[0]) > 0 ? difference : oldest[0];
        });
    return new ConditionCounts(conditions, stalled, retrying, oldest[0]);
  }

  private static String statusOf(@Nullable List<StatusCondition> conditions, String type) {
    StatusCondition condition = Conditions.find(conditions, type);
    if (condition != null && STATUSES.contains(condition.status())) {
      return condition.status();
    }
    return condition == null && ONLY_WHILE_TRUE.contains(type) ? "False" : "Unknown";
  }

  private static Duration difference(
      LambdaFunctionConfig resource,
      @Nullable List<StatusCondition> conditions,
      OperatorMode mode,
      Instant now) {
    StatusCondition drifted = Conditions.find(conditions, Conditions.DRIFTED);
    StatusCondition ready = Conditions.find(conditions, Conditions.READY);
    // By the last reconcile. A failed read has another reason, and keeps the drift.
    boolean observed = ready != null && ready.reason().equals(NextStatus.OBSERVED);
    if (drifted == null
        || !drifted.status().equals("True")
        || drifted.reason().equals(NextStatus.DRIFT_IGNORED)
        || observed
        || resource.isMarkedForDeletion()) {
      return Duration.ZERO;
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec == null || spec.suspends() || mode.observes(spec)) {
      return Duration.ZERO;
    }
    try {
      Duration since = Duration.between(Instant.parse(drifted.lastTransitionTime()), now);
      return since.isNegative() ? Duration.ZERO : since;
    } catch (DateTimeException e) {
      // Another writer wrote it.
      return Duration.ZERO;
    }
  }
}
