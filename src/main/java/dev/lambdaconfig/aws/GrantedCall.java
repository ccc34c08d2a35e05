package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.Outcome;
import dev.lambdaconfig.aws.limit.Turn;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.FailureKind;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call whose turn has come, and what its answer means for the turns of others. */
final class GrantedCall {

  private GrantedCall() {}

  /** Makes the call, and gives its permit back whatever ends it. */
  static <T> T make(Turn.Now now, Supplier<T> made, Function<T, @Nullable Failure> failure) {
    // A permit that is not given back would be missed for ever.
    Outcome outcome = Outcome.ANSWERED;
    try {
      T answer = made.get();
      Failure failed = failure.apply(answer);
      outcome = failed == null ? Outcome.ANSWERED : outcome(failed);
      return answer;
    } finally {
      now.permit().done(outcome);
    }
  }

  private static Outcome outcome(Failure failure) {
    if (FailureKind.of(failure) == FailureKind.THROTTLED) {
      return Outcome.THROTTLED;
    }
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE)
        ? Outcome.UNREACHABLE
        : Outcome.ANSWERED;
  }

  static @Nullable Failure failure(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure) ? failure : null;
  }

  /** Why it was refused, if it was: the identity lacks the right, or the endpoint the operation. */
  static @Nullable Failure refusal(Paced<Answer> read) {
    return read instanceof Paced.Answered<Answer>(Answer.Failed(Failure failure), long began)
            && (FailureKind.of(failure) == FailureKind.DENIED || failure.lacksOperation())
        ? failure
        : null;
  }
}
