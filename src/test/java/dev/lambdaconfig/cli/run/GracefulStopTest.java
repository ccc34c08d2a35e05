package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what the end of a process is told to come from a signal. */
final class GracefulStopTest {

  @Test
  void aProcessThatEndsByItselfIsNotSignalled() {
    assertThat(GracefulStop.isSignalled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIGTERM handler", "SIGINT handler"})
  void theJvmsThreadForTheSignalTells(String name) throws InterruptedException {
    // Given: as the JVM does, in the group of all groups
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    CountDownLatch end = new CountDownLatch(1);
    Thread handler = new Thread(root, () -> await(end), name);
    handler.start();

    // When
    boolean signalled = GracefulStop.isSignalled();
    end.countDown();
    handler.join();

    // Then
    assertThat(signalled).isTrue();
    assertThat(GracefulStop.isSignalled()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
