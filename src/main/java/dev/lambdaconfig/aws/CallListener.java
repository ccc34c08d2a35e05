package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.Failure;
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
   * A call has ended, or was not sent for want of credentials.
   *
   * @param operation the name that AWS gives it
   * @param failure the failure, whose message is not to be repeated, or null
   * @param took the time on the network and in the SDK
   */
  void called(String operation, String region, @Nullable Failure failure, Duration took);
}
