package dev.lambdaconfig.cli.launch;

import java.util.List;

/**
 * The program that this process runs. Java 22 and newer can replace it: see {@code
 * src/main/java22}.
 */
final class ProcessImage {

  private ProcessImage() {}

  /**
   * Replaces the program, with the same process id, environment and open streams; returns if that
   * is not possible.
   *
   * @param command the path of the program, and its arguments
   */
  static void replace(List<String> command) {}
}
