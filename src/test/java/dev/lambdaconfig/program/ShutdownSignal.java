package dev.lambdaconfig.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a program on SIGTERM or SIGINT: interrupts the thread that created it, and delays the end of
 * the JVM until the program has cleaned up, for 20 s at most.
 */
public final class ShutdownSignal {

  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  private final Thread program = Thread.currentThread();
  private final CountDownLatch end = new CountDownLatch(1);

  public ShutdownSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  private void stop() {
    if (end.getCount() > 0) {
      program.interrupt();
    }
    try {
      var unused = end.await(CLEAN_UP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The program has cleaned up. */
  public void cleanedUp() {
    end.countDown();
  }
}
