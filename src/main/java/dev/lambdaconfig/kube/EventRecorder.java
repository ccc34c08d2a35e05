package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.status.Notice;

/** Tells people what happened to a resource, by Kubernetes Events. Never waits, never fails. */
public interface EventRecorder extends AutoCloseable {

  /** Tells it. */
  void record(LambdaFunctionConfig about, Notice notice);

  /**
   * Tells it unless it was told before, also by another process.
   *
   * @param key what is told once: part of the Event's name
   */
  void recordOnce(LambdaFunctionConfig about, String key, Notice notice);

  /** Sends what is waiting, and stops. */
  @Override
  void close();
}
