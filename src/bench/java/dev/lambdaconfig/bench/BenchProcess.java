package dev.lambdaconfig.bench;

import dev.lambdaconfig.program.ShutdownSignal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process of a program that cleans up before it ends, also after a signal. */
final class BenchProcess {

  /** A program. */
  @FunctionalInterface
  interface Program {

    /** Runs, and returns the exit code. */
    int run(PrintStream out) throws Exception;
  }

  private BenchProcess() {}

  /** Runs a program, and ends the process. */
  static void end(Program program) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ShutdownSignal signal = new ShutdownSignal();
    int exitCode = 1;
    try {
      exitCode = program.run(out);
    } catch (InterruptedException e) {
      out.println("stopped");
    } finally {
      signal.cleanedUp();
    }
    System.exit(exitCode);
  }
}
