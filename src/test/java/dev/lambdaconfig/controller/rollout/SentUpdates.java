package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.NoEvents;
import java.time.Duration;
import java.util.List;

/** Circuit breakers on a clock that stands still, and the updates that they have seen. */
final class SentUpdates {

  /** What AWS refuses updates with. */
  static final String CODE = "InvalidParameterValueException";

  final CircuitBreakers breakers =
      new CircuitBreakers(() -> 0, uid -> {}, new ChangeReporter(new NoEvents()));

  /** Updates of as many resources of a namespace are refused alike. */
  void fail(String namespace, int count) {
    for (int i = 0; i < count; i++) {
      ManagedResource other = new ManagedResource(namespace, "failing-" + i, "{timeout: 9}");
      Step refused =
          other
              .planned("{Timeout: 3}")
              .with(announced("r1").endedWith(CODE, "r1"))
              .decided(new Decision.Stalled(CODE, "no such value", Duration.ofMinutes(30)));
      breakers.ended(other.reconciliation(), refused);
    }
  }

  /** A history with one announced update, which was planned from a revision. */
  static UpdateHistory announced(String revisionId) {
    return UpdateHistory.NONE.opened(
        List.of("timeout"),
        Cause.SpecChanged,
        DesiredVersion.of(1),
        revisionId,
        ManagedResource.NOW);
  }
}
