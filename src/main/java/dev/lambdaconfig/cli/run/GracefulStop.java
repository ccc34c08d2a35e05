package dev.lambdaconfig.cli.run;

import java.util.Arrays;
import java.util.Set;

/**
 * The end of the process on SIGTERM and SIGINT: what runs is let end, and the exit code is 0. By
 * itself the JVM ends with 143, which a supervisor takes for a failure.
 *
 * <p>Whoever ends the process by {@link System#exit} keeps the code that was given.
 */
final class GracefulStop {

  /** The threads that the JVM makes for these signals; they wait for the hooks to end. */
  private static final Set<String> SIGNALS = Set.of("SIGTERM handler", "SIGINT handler");

  private GracefulStop() {}

  /**
   * Lets the process end by this.
   *
   * @param stop returns when everything has ended; what it throws leaves the exit code as it is
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

  /** Whether the JVM has a thread for one of these signals, which it makes when it is sent. */
  static boolean isSignalled() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    // More than there are: what does not fit is left out.
    Thread[] threads = new Thread[2 * root.activeCount() + 64];
    return Arrays.stream(threads, 0, root.enumerate(threads))
        .map(Thread::getName)
        .anyMatch(SIGNALS::contains);
  }
}
