package dev.lambdaconfig.status;

import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.plan.Plan;

/** The message of {@code Ready} where a function is only observed. */
final class ObservedMessage {

  private ObservedMessage() {}

  static String of(Decision.Observed observed) {
    return compared(observed.plan())
        + (observed.mode() == OperatorMode.OBSERVE
            ? "; the operator runs with --mode=Observe and never writes"
            : "; mode: Observe never writes");
  }

  /** The comparison as far as it was possible: what AWS could not read may match or differ. */
  private static String compared(Plan plan) {
    boolean differs = !plan.differences().isEmpty();
    if (plan.unknown().isEmpty()) {
      return differs
          ? "the function differs from the spec (status.drift)"
          : "the function matches the spec";
    }
    return (differs
            ? "the function differs from the spec (status.drift), and could not be compared in "
            : "the function could not be compared with the spec in ")
        + String.join(", ", plan.unknownFields())
        + ", which AWS could not read";
  }
}
