package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A read of the function before AWS's answer to an update is reported.
 *
 * <p>Its message may repeat environment values, and of those that were not read in this reconcile
 * only fingerprints are kept, or not even these where they are newer: so they are read before the
 * message goes anywhere. And a 404 speaks of the function, or of something that the update names: a
 * read tells.
 */
public final class RefusalCheck {

  private final RateLimitedLambda lambda;

  /** Reads by the given client. */
  public RefusalCheck(RateLimitedLambda lambda) {
    this.lambda = lambda;
  }

  /**
   * An answer that can be reported.
   *
   * @param step the step with the function as it is known now
   */
  record Checked(Step step, Answer answer) {}

  /** Returns AWS's answer to the update of a step as it can be reported. */
  Checked check(Reconciliation reconciliation, Step step, Answer answer) {
    if (!(answer instanceof Answer.Failed(Failure failure))
        || failure.code().equals(Failure.ENDPOINT_UNREACHABLE)
        || failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      // Nothing of AWS's is in it, and an endpoint that is away is not to be called again.
      return new Checked(step, answer);
    }
    FailureKind kind = FailureKind.of(failure);
    if (step.fresh() && kind != FailureKind.NOT_FOUND) {
      return new Checked(step, answer);
    }
    return switch (kind) {
      case STALE_REVISION -> new Checked(step, answer);
      case THROTTLED ->
          new Checked(
              step, told(failure, "AWS throttles the calls of this account in this Region"));
      case NOT_FOUND,
          BUSY,
          TRANSIENT,
          PROPAGATING_POLICY,
          PROPAGATING_NETWORK,
          PROPAGATING_ID,
          DENIED,
          REFUSED ->
          afterRead(reconciliation, step, answer, failure);
    };
  }

  private Checked afterRead(
      Reconciliation reconciliation, Step step, Answer answer, Failure failure) {
    return switch (lambda.readNow(reconciliation.function())) {
      case Answer.Described(ObservedFunction function) ->
          new Checked(step.knowing(function), answer);
      // The function itself is gone, not something that the update names.
      case Answer.Failed(Failure read)
          when FailureKind.of(failure) == FailureKind.NOT_FOUND
              && FailureKind.of(read) == FailureKind.NOT_FOUND ->
          new Checked(
              step,
              new Answer.Failed(
                  new Failure(
                      Decider.FUNCTION_NOT_FOUND, read.message(), read.httpStatus(), null)));
      // In an outage both messages are the same, and this one repeats nothing of the update.
      case Answer.Failed(Failure read) when read.code().equals(failure.code()) ->
          new Checked(step, told(failure, read.message()));
      case Answer.Failed read when step.fresh() -> new Checked(step, answer);
      case Answer.Failed read ->
          new Checked(
              step,
              told(
                  failure,
                  "AWS's message is withheld, because the function could not be read to"
                      + " determine whether the message repeats a value of its environment"));
    };
  }

  private static Answer told(Failure failure, @Nullable String message) {
    return new Answer.Failed(
        new Failure(failure.code(), message, failure.httpStatus(), failure.retryAfter()));
  }
}
