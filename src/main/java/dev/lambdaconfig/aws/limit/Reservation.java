package dev.lambdaconfig.aws.limit;

import java.time.Duration;

/** The answer of a limiter to a caller. */
public sealed interface Reservation {

  /** The caller may make one call now. */
  record Granted(Permit permit) implements Reservation {}

  /** The caller keeps a place, and asks again after the delay, which is above 0. */
  record Deferred(Duration delay) implements Reservation {}

  /** The endpoint does not answer. The caller asks again after the delay, which is above 0. */
  record Unavailable(Duration delay) implements Reservation {}
}
