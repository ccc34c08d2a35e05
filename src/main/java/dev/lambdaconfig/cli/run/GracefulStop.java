package dev.lambdaconfig.cli.run;

import java.util.Arrays;
import java.util.Set;

/**
 * Ends the process on SIGTERM and SIGINT gracefully, with the exit code 0. By itself the JVM ends
 * with 143, which a supervisor takes for a failure.
 *
 * <p>An end by {@link System#exit} keeps its exit code.
 */
final class GracefulStop {

  /**
   * The names of the threads that the JVM starts for these signals, and that wait for the shutdown
   * hooks.
   */
  private static final Set<String> SIGNALS = Set.of("SIGTERM handler", "SIGINT handler");

  private GracefulStop() {}

  /**
   * Registers what stops the process.
   *
   * @param stop returns when everything has stopped; an exception leaves the exit code as it is
   */
  static void by(Runnable stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  if (isSignalled()) {
                    Runtime.getRuntime().halt(0);
                  }
                },
                "shutdown"));
  }

  /**
   * Returns whether the JVM has a thread for one of these signals, which it starts on the signal.
   */
  static boolean isSignalled() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    // Larger than needed: threads that do not fit would be left out.
    Thread[] threads = new Thread[2 * root.activeCount() + 64];
    return Arrays.stream(threads, 0, root.enumerate(threads))
        .map(Thread::getName)
        .anyMatch(SIGNALS::contains);
  }
}
