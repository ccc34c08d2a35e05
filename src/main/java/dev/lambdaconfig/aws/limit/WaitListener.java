package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;

/** A receiver of the wait of each call that is granted. It never throws and never waits. */
public interface WaitListener {

  /** A listener that does nothing. */
  WaitListener NONE = (bucket, priority, waited) -> {};

  /** The quotas that calls are counted against. */
  enum Bucket {
    /** All calls but those of {@link #GET_FUNCTION}. */
    CONTROL,
    /** {@code GetFunction}. */
    GET_FUNCTION
  }

  /**
   * A call was granted.
   *
   * @param waited the time since the caller first asked, zero if it was granted at once
   */
  void waited(Bucket bucket, Priority priority, Duration waited);
}
