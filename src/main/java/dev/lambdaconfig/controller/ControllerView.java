package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.controller.report.ConditionCounts;
import dev.lambdaconfig.controller.rollout.PauseView;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The state of the controller as seen from outside, at any time and from any thread. */
public interface ControllerView {

  /** Counts the resources by what their status says; takes milliseconds for ten thousand. */
  ConditionCounts conditionCounts();

  /** The states of the sweeps by which the functions of each Region are watched. */
  List<SweepState> sweeps();

  /** Shows, by Region, which updates are paused. */
  void showPauses(PauseView view);

  /** The fields of the status that are not written, because the served schema lacks them. */
  default Set<String> missingStatusFields() {
    return Set.of();
  }

  /** The members of specs that the served schema hides, so that nothing is written. */
  default Set<String> hiddenSpecMembers() {
    return Set.of();
  }

  /** The number of watches of Secrets and ConfigMaps that are lacking. */
  default long unwatchedSources() {
    return 0;
  }

  /** The kept environment values of resources that could not be looked after. */
  default int uncheckedBaselines() {
    return 0;
  }

  /** The age of the oldest reconcile that was triggered and has not ended. */
  Duration oldestUnfinishedReconcile();

  /** The longest time for which a triggered reconcile could have begun and did not. */
  Duration longestNotBegun();

  /** The time that the oldest running reconcile has taken. */
  Duration longestRunningReconcile();
}
