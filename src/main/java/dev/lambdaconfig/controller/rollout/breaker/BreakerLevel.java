package dev.lambdaconfig.controller.rollout.breaker;

/** The scope of a pause. */
public enum BreakerLevel {
  NAMESPACE,
  ALL
}
