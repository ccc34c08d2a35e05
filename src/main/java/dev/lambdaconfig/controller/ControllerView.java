package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.controller.report.ConditionCounts;
import dev.lambdaconfig.controller.rollout.PauseView;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What can be seen of the controller from outside, at any time and from any thread. */
public interface ControllerView {

  /** Counts the resources by what their status says; takes milliseconds for ten thousand. */
  ConditionCounts conditionCounts();

  /** How the functions of each Region are watched. */
  List<SweepState> sweeps();

  /** Shows, by Region, which updates are paused. */
  void showPauses(PauseView view);

  /** The fields of the status that are not written, because the served schema lacks them. */
  default Set<String> missingStatusFields() {
    return Set.of();
  }

  /** Time since a reconcile was asked for that has not ended, of the oldest. */
  Duration oldestUnfinishedReconcile();

  /** For how long a reconcile that was asked for could have begun, and did not. */
  Duration longestNotBegun();

  /** For how long the oldest reconcile has run. */
  Duration longestRunningReconcile();
}
