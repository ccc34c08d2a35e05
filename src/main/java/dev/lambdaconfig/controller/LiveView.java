package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.controller.report.ConditionCounts;
import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.rollout.PauseView;
import dev.lambdaconfig.controller.trigger.WorkQueueAge;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.secret.BaselineCollector;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The state of a running controller as seen from outside. */
record LiveView(
    ResourceCache cache,
    FleetSweeper sweeper,
    CircuitBreakers breakers,
    StatusStore statuses,
    ReferencedValues values,
    BaselineCollector baselines,
    WorkQueueAge queueAge,
    OperatorMode mode,
    Clock clock)
    implements ControllerView {

  @Override
  public ConditionCounts conditionCounts() {
    return ConditionCounts.of(cache.list(), mode, clock.instant());
  }

  @Override
  public List<SweepState> sweeps() {
    return sweeper.states();
  }

  @Override
  public void showPauses(PauseView view) {
    breakers.show(view);
  }

  @Override
  public Set<String> missingStatusFields() {
    return statuses.missingFields();
  }

  @Override
  public Set<String> hiddenSpecMembers() {
    return statuses.hiddenMembers();
  }

  @Override
  public long unwatchedSources() {
    return values.unwatched();
  }

  @Override
  public int uncheckedBaselines() {
    return baselines.unchecked();
  }

  @Override
  public Duration oldestUnfinishedReconcile() {
    return queueAge.oldest(cache::mayContain);
  }

  @Override
  public Duration longestNotBegun() {
    return queueAge.longestNotBegun(cache::mayContain);
  }

  @Override
  public Duration longestRunningReconcile() {
    return queueAge.longestRunning();
  }
}
