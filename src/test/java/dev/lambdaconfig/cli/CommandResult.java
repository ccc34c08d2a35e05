package dev.lambdaconfig.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * The result of a command that a test ran in its own process.
 *
 * @param exitCode the exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record CommandResult(int exitCode, String out, String err) {

  /** Runs a command line without environment variables for its options. */
  public static CommandResult of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine(Map.of())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new CommandResult(exitCode, out.toString(), err.toString());
  }
}
