package dev.lambdaconfig.cli.launch;

import java.util.List;

/** What this process runs. Java 22 and newer can change it: see {@code src/main/java22}. */
final class ProcessImage {

  private ProcessImage() {}

  /**
   * Lets the process go on as another program, with its process id, environment and open streams.
   * Returns where that is not possible.
   *
   * @param command the program's path, and its arguments
   */
  static void replace(List<String> command) {}
}
