package dev.lambdaconfig.status;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.text.WholeText;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the status that reports drift: the condition {@code Drifted} and the differences.
 *
 * @param previous the previous status, or null if there was none
 * @param generation the generation of the spec that this reconcile acted on
 */
record DriftFacts(@Nullable LambdaFunctionConfigStatus previous, long generation) {

  private static final int DRIFT_SHOWN = 100;
  private static final int VALUE_SHOWN = 1024;

  /**
   * Reports the drift. While an update runs, AWS already shows the new values
   * (docs/aws.md#response-shows-new-values), so the drift stays as it was until the function has
   * settled; likewise where the function could not be read.
   */
  void write(
      Conditions conditions,
      Decision decision,
      @Nullable Plan plan,
      LambdaFunctionConfigStatus next) {
    StatusCondition before =
        previous == null ? null : Conditions.find(previous.conditions, Conditions.DRIFTED);
    if (plan == null || decision instanceof Decision.InProgress) {
      if (before != null && Objects.equals(before.observedGeneration(), generation)) {
        conditions.keep(Conditions.DRIFTED);
      } else {
        // The drift from another spec says nothing about this one.
        unknown(
            conditions,
            next,
            "NotRead",
            "the function has not been read in a settled state for this spec");
      }
      return;
    }
    if (plan.isEmpty() && plan.blocked().isEmpty() && !plan.unknown().isEmpty()) {
      Plan.Unknown unknown = plan.unknown().getFirst();
      unknown(conditions, next, unknown.code(), unreadable(plan));
      return;
    }
    next.drift = plan.differences().isEmpty() ? null : shown(plan.differences());
    String ignored =
        "differs in %s, which the annotation %s leaves unchanged"
            .formatted(String.join(", ", plan.left()), LambdaFunctionConfig.IGNORE_DRIFT);
    List<String> differing =
        Stream.concat(plan.fields().stream(), plan.blockedFields().stream()).toList();
    if (!differing.isEmpty()) {
      conditions.set(
          Conditions.DRIFTED,
          "True",
          "Differs",
          "differs in "
              + String.join(", ", differing)
              + (plan.left().isEmpty() ? "" : "; " + ignored)
              + (plan.unknown().isEmpty() ? "" : "; " + unreadable(plan)));
    } else if (!plan.left().isEmpty()) {
      conditions.set(Conditions.DRIFTED, "True", NextStatus.DRIFT_IGNORED, ignored);
    } else {
      conditions.set(Conditions.DRIFTED, "False", NextStatus.IN_SYNC, "no managed field differs");
    }
  }

  private static String unreadable(Plan plan) {
    return "AWS could not read " + String.join(", ", plan.unknownFields());
  }

  private static void unknown(
      Conditions conditions, LambdaFunctionConfigStatus next, String reason, String message) {
    next.drift = null;
    conditions.set(Conditions.DRIFTED, "Unknown", reason, message);
  }

  private static List<DriftedField> shown(List<Difference> differences) {
    return differences.stream()
        .limit(DRIFT_SHOWN)
        .map(
            difference ->
                new DriftedField(
                    difference.path(),
                    bounded(difference.desired()),
                    bounded(difference.observed())))
        .toList();
  }

  /** Bounds a value: a command can be longer than all other fields of the status together. */
  private static String bounded(String text) {
    return WholeText.shortened(text, VALUE_SHOWN);
  }
}
