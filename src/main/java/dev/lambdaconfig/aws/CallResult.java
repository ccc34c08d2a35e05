package dev.lambdaconfig.aws;

import java.time.Duration;

/** The result of a call that has to fit a quota. */
public sealed interface CallResult<T> {

  /**
   * The call was made.
   *
   * @param began the steady clock before the call: the answer knows nothing of later changes
   */
  record Answered<T>(T answer, long began) implements CallResult<T> {}

  /** The quota is used up. The caller keeps a place, and is called when it is granted. */
  record Deferred<T>(Duration delay) implements CallResult<T> {}

  /** The endpoint does not answer at present. The caller may ask again after the delay. */
  record Unavailable<T>(Duration delay) implements CallResult<T> {}
}
