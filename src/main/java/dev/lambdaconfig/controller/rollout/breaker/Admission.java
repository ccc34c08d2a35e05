package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.time.Duration;

/** The admission of an update, or its refusal. Delays are above 0. */
public sealed interface Admission {

  /** The update may be sent, once, within 10 s; its place counts as taken until then. */
  record Go() implements Admission {}

  /** Too many updates have not ended yet. */
  record Wait(Duration delay) implements Admission {}

  /** Too many updates failed alike. */
  record Paused(BreakerLevel level, Trip pause, Duration delay) implements Admission {}
}
