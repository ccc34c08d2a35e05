package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.model.Failure;

/** The reasons why a function could not be read, with what to do about it where a plan is made. */
final class ReadProblems {

  private ReadProblems() {}

  /**
   * The problem of a read.
   *
   * @param decision the operator's decision about it, whose message repeats no secret
   */
  static PlanProblem of(Failure failure, Decision decision) {
    PlanProblem problem = of(decision);
    if (failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      // Not AWS's words: nothing in it can repeat a value.
      return new PlanProblem(failure.code(), String.valueOf(failure.message()));
    }
    return failure.namesMissingRight()
        ? new PlanProblem(
            problem.reason(),
            problem.message()
                + "; allow the role of this run lambda:GetFunction, or"
                + " lambda:GetFunctionConfiguration, on the function")
        : problem;
  }

  /** The problem that a decision tells. */
  static PlanProblem of(Decision decision) {
    return switch (decision) {
      case Decision.Stalled stalled -> new PlanProblem(stalled.reason(), stalled.message());
      case Decision.Retry retry -> new PlanProblem(retry.reason(), retry.message());
      case Decision.InProgress busy -> new PlanProblem(busy.reason(), busy.message());
      case Decision.Paused paused -> new PlanProblem("Paused", paused.message());
      case Decision.InSync sync -> unforeseen(sync);
      case Decision.Observed observed -> unforeseen(observed);
      case Decision.Update update -> unforeseen(update);
      case Decision.ReadAgain again -> unforeseen(again);
    };
  }

  private static PlanProblem unforeseen(Decision decision) {
    throw new IllegalArgumentException("no problem: " + decision.getClass().getSimpleName());
  }
}
