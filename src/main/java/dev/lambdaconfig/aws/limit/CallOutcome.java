package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;

/** The outcome of a call, as far as its limiter is concerned. */
public enum CallOutcome {
  /** AWS answered, perhaps with an error, but did not throttle. */
  ANSWERED,
  /** AWS throttled the call: docs/aws.md#throttled. */
  THROTTLED,
  /** No answer of AWS came: no connection, a timeout, or a 5xx of a proxy. */
  UNREACHABLE,
  /** The call was not made: it costs AWS nothing, and says nothing about AWS. */
  NOT_MADE,
  /** The client failed, before the call or on its answer: nothing is known about AWS. */
  UNKNOWN;

  /** The outcome of a call that failed. */
  public static CallOutcome of(Failure failure) {
    if (FailureKind.of(failure) == FailureKind.THROTTLED) {
      return THROTTLED;
    }
    return switch (failure.code()) {
      case Failure.ENDPOINT_UNREACHABLE -> UNREACHABLE;
      case Failure.CREDENTIALS_UNAVAILABLE -> NOT_MADE;
      case Failure.CLIENT_ERROR -> UNKNOWN;
      default -> ANSWERED;
    };
  }
}
