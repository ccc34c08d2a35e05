package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of the outcome of each call to Lambda or STS, on the thread that made it. It never
 * throws and never waits.
 */
public interface CallListener {

  /** A listener that does nothing. */
  CallListener NONE = (operation, region, failure, took) -> {};

  /**
   * A call has ended.
   *
   * @param operation the name that AWS gives it
   * @param failure the kind of failure, or null
   * @param took the time on the network and in the SDK
   */
  void called(String operation, String region, @Nullable FailureKind failure, Duration took);
}
