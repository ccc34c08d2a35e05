package dev.lambdaconfig.timing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Creates threads for work that waits: virtual ones where these can wait within {@code
 * synchronized}, else daemon threads of the platform.
 *
 * <p>Before Java 24 (JEP 491) a virtual thread that waits within {@code synchronized} keeps its
 * carrier, of which there are as many as processors. Where all carriers are kept by threads that
 * wait for one lock, the thread whose turn it is gets none, and nothing ever goes on.
 */
public final class WaitingThreads {

  private static final int WITHOUT_PINNING = 24;

  private WaitingThreads() {}

  /** Whether they are virtual on this Java. */
  public static boolean areVirtual() {
    return areVirtual(Runtime.version().feature());
  }

  private static boolean areVirtual(int java) {
    return java >= WITHOUT_PINNING;
  }

  /** Returns a builder of threads that keep no process from its end. */
  public static Thread.Builder builder() {
    return builder(Runtime.version().feature());
  }

  static Thread.Builder builder(int java) {
    return areVirtual(java) ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
  }

  /**
   * Returns an executor with a thread for each task. It bounds nothing: whoever executes tasks
   * bounds their number.
   *
   * @param name the name of the threads, to which their number is added
   */
  public static ExecutorService perTask(String name) {
    return Executors.newThreadPerTaskExecutor(builder().name(name + "-", 0).factory());
  }
}
