package dev.lambdaconfig.timing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wait of a command that a person waits for. Nothing of the operator itself waits: its
 * reconciles are scheduled again.
 */
public final class BlockingWait {

  private BlockingWait() {}

  /** Returns after a time. */
  public static void of(Duration time) throws InterruptedException {
    var unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
