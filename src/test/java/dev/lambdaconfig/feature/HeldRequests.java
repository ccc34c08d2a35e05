package dev.lambdaconfig.feature;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Requests that AWS holds until the process that sent them is dead, and carries out only then. */
final class HeldRequests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger arrived = new AtomicInteger();

  /** Holds the request that is being answered. */
  void hold() {
    arrived.incrementAndGet();
    try {
      if (!released.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody was killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until so many requests have arrived, and no more. */
  void await(int number) {
    Awaitility.await("all updates on their way")
        .atMost(PATIENCE)
        .until(() -> arrived.get() == number);
  }

  /** Lets all requests go on. */
  void release() {
    released.countDown();
  }
}
