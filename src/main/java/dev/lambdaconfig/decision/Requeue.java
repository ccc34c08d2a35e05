package dev.lambdaconfig.decision;

import java.time.Duration;

/** The time of a resource's next reconcile, unless its spec or its function changes before. */
public sealed interface Requeue {

  /** A reconcile after a delay. */
  record After(Duration delay) implements Requeue {}

  /**
   * A reconcile when the rate limiter grants the call that the resource waits for.
   *
   * @param atTheLatest the delay after which the call is requested again, in case no grant is
   *     notified
   */
  record WhenGranted(Duration atTheLatest) implements Requeue {}

  /** A reconcile on an event only. */
  record OnEvent() implements Requeue {}
}
