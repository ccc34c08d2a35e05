package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;

/** Is told of each call that is granted. Never throws, never waits. */
public interface WaitListener {

  /** Tells nobody. */
  WaitListener NOBODY = (bucket, priority, waited) -> {};

  /** What calls are counted against. */
  enum Bucket {
    /** All calls but those of {@link #GET_FUNCTION}. */
    CONTROL,
    /** {@code GetFunction}. */
    GET_FUNCTION
  }

  /**
   * A call was granted.
   *
   * @param waited the time since it was first asked for, zero if it was granted at once
   */
  void waited(Bucket bucket, Priority priority, Duration waited);
}
