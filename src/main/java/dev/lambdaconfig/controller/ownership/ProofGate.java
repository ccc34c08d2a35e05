package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.model.Answer;
import java.time.Duration;
import java.util.List;

/**
 * Gates that keep a resource from reading its function. While a younger resource waits to know
 * whether the claim of this one is proven, they cost one read for that, from which nothing else is
 * concluded.
 */
final class ProofGate implements Gate {

  private final Gate gates;
  private final Claims claims;
  private final RateLimitedLambda lambda;

  /**
   * Creates the gate.
   *
   * @param gates checked in their order
   */
  ProofGate(List<Gate> gates, Claims claims, RateLimitedLambda lambda) {
    this.gates = Gate.allOf(gates);
    this.claims = claims;
    this.lambda = lambda;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    Verdict verdict = gates.check(reconciliation, step);
    if (verdict instanceof Verdict.Pass || !claims.isAsked(reconciliation.uid())) {
      return verdict;
    }
    return switch (lambda.read(reconciliation.uid(), reconciliation.function(), Priority.READ)) {
      case CallResult.Answered<Answer>(Answer answer, long began) -> {
        claims.answered(reconciliation.resource(), reconciliation.function().identity(), answer);
        yield verdict;
      }
      case CallResult.Deferred<Answer>(Duration delay) ->
          Verdict.lookAgain(step, new Requeue.WhenGranted(delay));
      case CallResult.Unavailable<Answer>(Duration delay) ->
          // The wait of a resource for a round would be an hour.
          verdict instanceof Verdict.LookAgain
              ? Verdict.lookAgain(step, new Requeue.After(delay))
              : verdict;
    };
  }
}
