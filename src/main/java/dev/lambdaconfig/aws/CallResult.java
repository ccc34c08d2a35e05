package dev.lambdaconfig.aws;

import java.time.Duration;

/** What came of asking for a call that has to fit the request budget. */
public sealed interface CallResult<T> {

  /**
   * The call was made.
   *
   * @param began when, by the steady clock: the answer knows nothing of later changes
   */
  record Answered<T>(T answer, long began) implements CallResult<T> {}

  /** The budget is used up: a place is kept, and the caller is called when its turn has come. */
  record Deferred<T>(Duration delay) implements CallResult<T> {}

  /** The endpoint does not answer at present, so it is left alone: ask again after the delay. */
  record Unavailable<T>(Duration delay) implements CallResult<T> {}
}
