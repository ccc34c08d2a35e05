package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;

/** Sends one update that was granted, and decides on its answer. */
public final class UpdateSender {

  /** Maximum attempts in a row against a stale RevisionId. */
  private static final int MAX_ATTEMPTS = 3;

  private final RateLimitedLambda lambda;
  private final RefusalCheck refusals;
  private final CircuitBreakers breakers;
  private final ChangeReporter changes;
  private final Observing observing;

  /**
   * The parts of the observing side that a sender needs.
   *
   * @param sightings records what AWS answers
   * @param context makes the input of the next decision
   */
  public record Observing(Sightings sightings, DecisionContext context) {}

  /** Creates a sender. */
  public UpdateSender(
      RateLimitedLambda lambda,
      RefusalCheck refusals,
      CircuitBreakers breakers,
      ChangeReporter changes,
      Observing observing) {
    this.lambda = lambda;
    this.refusals = refusals;
    this.breakers = breakers;
    this.changes = changes;
    this.observing = observing;
  }

  /**
   * Sends an update.
   *
   * @return a pass where the function changed between read and write, so that it has to be read
   *     again
   */
  Verdict send(Reconciliation reconciliation, Step step, Reservation.Granted granted) {
    Decision.Update update = step.update();
    observing.sightings().updating(reconciliation, true);
    LambdaFunctions.Sent outcome =
        lambda.update(
            granted, reconciliation.function(), update.plan().request(), update.revisionId());
    Answer answer = outcome.answer();
    changes.sent(reconciliation, step, answer, outcome.requestId());
    if (answer instanceof Answer.Failed) {
      observing.sightings().updating(reconciliation, false);
    }
    RefusalCheck.Checked checked = refusals.check(reconciliation, step, answer);
    record(reconciliation, answer);
    Step sent = checked.step().submitted(checked.answer(), reconciliation.now());
    if (checked.answer() instanceof Answer.Described) {
      changes.started(reconciliation.resource(), update);
    }
    Step decided =
        sent.answered(
            checked.answer(),
            Decider.afterUpdate(
                observing.context().input(reconciliation, sent),
                update,
                sent.observed(),
                checked.answer()));
    breakers.sent(reconciliation, decided, answer);
    return decided.decision() instanceof Decision.ReadAgain
        ? readAgain(reconciliation, decided)
        : ended(reconciliation, decided);
  }

  private static Verdict ended(Reconciliation reconciliation, Step step) {
    reconciliation.state().succeeded(ResourceState.Failures.STALE_REVISIONS);
    return Verdict.decide(step, step.decisionMade());
  }

  private void record(Reconciliation reconciliation, Answer answer) {
    if (isThrottled(answer)) {
      // Nothing happened, so what it was planned from is as good as before; and a read would be one
      // more call of the quota that is used up.
      reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), true));
    } else {
      // Not what can be planned from: its revision moves once more when the update ends.
      observing.sightings().answered(reconciliation, answer);
    }
  }

  private static boolean isThrottled(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure)
        && FailureKind.of(failure) == FailureKind.THROTTLED;
  }

  /** The function changed between read and write: it is read again at once, but not for ever. */
  private Verdict readAgain(Reconciliation reconciliation, Step step) {
    if (reconciliation.state().failed(ResourceState.Failures.STALE_REVISIONS) + 1 < MAX_ATTEMPTS) {
      return Verdict.pass(step);
    }
    Step given = step.judged(Decider.everChanging(observing.context().input(reconciliation, step)));
    return Verdict.decide(given, given.decisionMade());
  }

  /** An update that was let through was not sent. */
  void notSent(Reconciliation reconciliation, Step step) {
    breakers.notSent(reconciliation, step);
  }
}
