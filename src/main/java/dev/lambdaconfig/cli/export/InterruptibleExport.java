package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.export.source.FunctionSource;

/**
 * An export that writes files, with what happens on Ctrl-C and SIGTERM: the file under way is
 * finished, no other one is begun, and the standard error says how to go on.
 */
final class InterruptibleExport {

  private InterruptibleExport() {}

  /** Exports all functions of a source, and returns the exit code. */
  static int of(ExportRun run, FunctionSource source) {
    Thread hook = new Thread(run::interrupt, "export-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run.of(source);
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      var unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
