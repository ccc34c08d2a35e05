package dev.lambdaconfig.aws.limit;

import java.time.Duration;

/** The answer to who asks for a call. */
public sealed interface Reservation {

  /** The one call may be made now. */
  record Granted(Permit permit) implements Reservation {}

  /** Not yet. A place is kept for the asker, who is to ask again after this time, above 0. */
  record Deferred(Duration delay) implements Reservation {}

  /** The endpoint gives no answers at present; nobody is to call before this time, above 0. */
  record Unavailable(Duration delay) implements Reservation {}
}
