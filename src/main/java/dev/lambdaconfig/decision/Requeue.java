package dev.lambdaconfig.decision;

import java.time.Duration;

/** When the next reconcile of a resource is due, unless its spec or its function changes before. */
public sealed interface Requeue {

  /** After a delay. */
  record After(Duration delay) implements Requeue {}

  /**
   * When the rate limiter grants the call that the resource waits for.
   *
   * @param atTheLatest the delay after which the call is asked for anew, should no grant be
   *     notified
   */
  record WhenGranted(Duration atTheLatest) implements Requeue {}

  /** Only on an event. */
  record OnEvent() implements Requeue {}
}
