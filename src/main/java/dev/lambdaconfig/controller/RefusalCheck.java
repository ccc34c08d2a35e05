package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A look at the function before AWS's answer to an update is reported.
 *
 * <p>Its message may repeat environment values, and of those that were not read in this pass only
 * seals are kept, or not even these where they are newer: so they are read before the message goes
 * anywhere. And a 404 speaks of the function, or of something that the update names: a read tells.
 */
final class RefusalCheck {

  private final RateLimitedLambda lambda;

  RefusalCheck(RateLimitedLambda lambda) {
    this.lambda = lambda;
  }

  /**
   * The answer as it can be reported.
   *
   * @param fresh whether the function was read in this pass
   */
  Answer checked(Pass pass, Answer outcome, boolean fresh) {
    if (!(outcome instanceof Answer.Failed(Failure failure))
        || failure.code().equals(Failure.ENDPOINT_UNREACHABLE)
        || failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      // Nothing of AWS's is in it, and an endpoint that is away is not to be called again.
      return outcome;
    }
    FailureKind kind = FailureKind.of(failure);
    if (fresh && kind != FailureKind.NOT_FOUND) {
      return outcome;
    }
    return switch (kind) {
      case STALE_REVISION -> outcome;
      case THROTTLED -> told(failure, "AWS throttles the calls of this account in this Region");
      case NOT_FOUND,
          BUSY,
          TRANSIENT,
          PROPAGATING_POLICY,
          PROPAGATING_NETWORK,
          PROPAGATING_ID,
          DENIED,
          REFUSED ->
          afterRead(pass, outcome, failure, fresh);
    };
  }

  private Answer afterRead(Pass pass, Answer outcome, Failure failure, boolean fresh) {
    return switch (lambda.readNow(pass.target())) {
      case Answer.Described(ObservedFunction function) -> {
        pass.knows(function);
        yield outcome;
      }
      // The function itself is gone, not something that the update names.
      case Answer.Failed(Failure read)
          when FailureKind.of(failure) == FailureKind.NOT_FOUND
              && FailureKind.of(read) == FailureKind.NOT_FOUND ->
          new Answer.Failed(
              new Failure(Decider.FUNCTION_NOT_FOUND, read.message(), read.httpStatus(), null));
      // In an outage both are told the same, and this one repeats nothing of the update.
      case Answer.Failed(Failure read) when read.code().equals(failure.code()) ->
          told(failure, read.message());
      case Answer.Failed read when fresh -> outcome;
      case Answer.Failed read ->
          told(
              failure,
              "AWS's message is withheld, because the function could not be read to tell"
                  + " whether it repeats a value of its environment");
    };
  }

  private static Answer told(Failure failure, @Nullable String message) {
    return new Answer.Failed(
        new Failure(failure.code(), message, failure.httpStatus(), failure.retryAfter()));
  }
}
