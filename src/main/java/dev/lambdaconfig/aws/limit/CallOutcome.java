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
  UNREACHABLE;

  /** The outcome of a call that failed. */
  public static CallOutcome of(Failure failure) {
    if (FailureKind.of(failure) == FailureKind.THROTTLED) {
      return THROTTLED;
    }
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE) ? UNREACHABLE : ANSWERED;
  }
}
