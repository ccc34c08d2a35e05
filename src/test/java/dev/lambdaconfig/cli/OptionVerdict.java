package dev.lambdaconfig.cli;

import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the operator makes of its options, without starting. */
public final class OptionVerdict {

  private OptionVerdict() {}

  /** The problems for which {@code run} would not start with these variables and arguments. */
  public static List<String> problems(Map<String, String> environment, String... args) {
    try {
      var unused = parse(environment, args);
      return List.of();
    } catch (ParameterException e) {
      return String.valueOf(e.getMessage()).lines().toList();
    }
  }

  /** The options that {@code run} would start with. */
  public static RunOptions parse(Map<String, String> environment, String... args) {
    CommandLine main = Main.commandLine(environment);
    var unused = main.parseArgs(Main.withDefaultCommand(args));
    CommandLine run = Objects.requireNonNull(main.getSubcommands().get("run"));
    RunOptions options = ((RunCommand) run.getCommand()).options();
    options.requireValid(run);
    return options;
  }

  /**
   * What is printed where a start is refused.
   *
   * @param exitCode how the process ends
   * @param lines what its standard error says
   */
  public record Refusal(int exitCode, List<String> lines) {

    /** The refusal of these variables and arguments. */
    public static Refusal of(Map<String, String> environment, String... args) {
      StringWriter err = new StringWriter();
      int exitCode =
          Main.commandLine(environment)
              .setErr(new PrintWriter(err))
              .execute(Main.withDefaultCommand(args));
      return new Refusal(exitCode, err.toString().lines().toList());
    }
  }
}
