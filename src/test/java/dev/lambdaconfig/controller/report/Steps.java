package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Baseline;

/** Steps for tests. */
final class Steps {

  /** The first step of a resource whose status says nothing. */
  static final Step START =
      new Step(
          null,
          null,
          null,
          UpdateHistory.NONE,
          RetryState.NONE,
          Baseline.of(null),
          Submission.NONE,
          null,
          false,
          false);

  private Steps() {}
}
