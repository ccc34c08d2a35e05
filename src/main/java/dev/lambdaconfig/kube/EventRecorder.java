package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.status.Notice;

/**
 * Reports changes of a resource to people, as Kubernetes Events. It never waits and never fails.
 */
public interface EventRecorder extends StateSizes.Source, AutoCloseable {

  /** Records an Event. */
  void record(LambdaFunctionConfig about, Notice notice);

  /**
   * Records an Event unless it was recorded before, also by another process.
   *
   * @param key the identity of the Event: a part of its name
   */
  void recordOnce(LambdaFunctionConfig about, String key, Notice notice);

  /** Sends the waiting Events, and stops. */
  @Override
  void close();

  /** Adds the sizes of its collections, if it has any. */
  @Override
  default void sizes(StateSizes sizes) {}
}
