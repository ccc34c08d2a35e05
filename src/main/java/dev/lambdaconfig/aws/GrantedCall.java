package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that has been granted, and what its answer means for the limiter. */
final class GrantedCall {

  private GrantedCall() {}

  /** Makes the call, and ends its permit whatever happens. */
  static <T> T make(
      Reservation.Granted granted, Supplier<T> made, Function<T, @Nullable Failure> failure) {
    // A permit that never ends would take one call at a time from the Region for ever.
    CallOutcome outcome = CallOutcome.UNKNOWN;
    try {
      T answer = made.get();
      Failure failed = failure.apply(answer);
      outcome = failed == null ? CallOutcome.ANSWERED : CallOutcome.of(failed);
      return answer;
    } finally {
      granted.permit().done(outcome);
    }
  }

  static @Nullable Failure failure(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure) ? failure : null;
  }

  static @Nullable Failure listFailure(FunctionLists.Listed listed) {
    return listed instanceof FunctionLists.Failed(Failure failure) ? failure : null;
  }

  /**
   * The failure that refuses the operation itself, or null: the identity lacks the right, or the
   * endpoint lacks the operation.
   */
  static @Nullable Failure refusal(CallResult<Answer> read) {
    return read instanceof CallResult.Answered<Answer>(Answer.Failed(Failure failure), long began)
            && (FailureKind.of(failure) == FailureKind.DENIED || failure.lacksOperation())
        ? failure
        : null;
  }

  /** Whether the endpoint answered, and the answer cannot be read or describes no function. */
  static boolean isUnusable(CallResult<Answer> read) {
    return read instanceof CallResult.Answered<Answer>(Answer.Failed(Failure failure), long began)
        && failure.code().equals(Failure.CLIENT_ERROR);
  }
}
