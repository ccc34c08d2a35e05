package dev.lambdaconfig.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a resource that are counted, without what differs from one resource to the
 * next, so that thousands of resources share a few lists.
 */
public final class ConditionSummaries {

  /** The types that are counted. */
  public static final List<String> TYPES =
      List.of("Ready", "Reconciling", "Stalled", "Drifted", "Suspended");

  /**
   * The statuses of a condition. Anything else counts as {@code Unknown}, and may be of any length.
   */
  public static final List<String> STATUSES = List.of("True", "False", "Unknown");

  /** Length of the reasons that are shared: longer ones are rarely repeated. */
  private static final int LONGEST = 64;

  private static final RecentValues<List<StatusCondition>, List<StatusCondition>> RECENT =
      new RecentValues<>(6);

  private ConditionSummaries() {}

  static @Nullable List<StatusCondition> of(@Nullable List<StatusCondition> conditions) {
    if (conditions == null) {
      return null;
    }
    List<StatusCondition> summary = new ArrayList<>(TYPES.size());
    boolean shared = true;
    for (StatusCondition condition : conditions) {
      if (summary.size() < TYPES.size() && TYPES.contains(condition.type())) {
        boolean drifted = condition.type().equals("Drifted") && condition.status().equals("True");
        shared &= !drifted && condition.reason().length() <= LONGEST;
        summary.add(
            new StatusCondition(
                condition.type(),
                STATUSES.contains(condition.status()) ? condition.status() : "Unknown",
                null,
                drifted ? condition.lastTransitionTime() : "",
                condition.reason(),
                ""));
      }
    }
    List<StatusCondition> copy = List.copyOf(summary);
    return shared ? RECENT.shared(copy, copy) : copy;
  }
}
