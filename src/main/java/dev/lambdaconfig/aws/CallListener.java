package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told of each call to Lambda, on the thread that made it. Never throws, never waits. */
public interface CallListener {

  /** Tells nobody. */
  CallListener NOBODY = (operation, region, failure, took) -> {};

  /**
   * A call ended.
   *
   * @param operation AWS's name of it
   * @param failure what went wrong, or null
   * @param took how long it took, on the network and in the SDK
   */
  void called(String operation, String region, @Nullable FailureKind failure, Duration took);
}
