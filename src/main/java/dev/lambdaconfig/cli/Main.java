package dev.lambdaconfig.cli;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.explain.ExplainCommand;
import dev.lambdaconfig.cli.export.ExportCommand;
import dev.lambdaconfig.cli.export.ExportEnvironment;
import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.launch.Launcher;
import dev.lambdaconfig.cli.launch.WarmUpCommand;
import dev.lambdaconfig.cli.plan.PlanCommand;
import dev.lambdaconfig.cli.run.RunCommand;
import dev.lambdaconfig.cli.shell.CompletionCommand;
import dev.lambdaconfig.cli.shell.VersionCommand;
import dev.lambdaconfig.cli.status.StatusCommand;
import dev.lambdaconfig.cli.stream.StandardOutput;
import dev.lambdaconfig.cli.validate.ValidateCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point: {@code java -jar lambda-config-operator.jar [run]}. */
@Command(
    name = "lambda-config-operator",
    description = "Keeps the configuration of AWS Lambda functions as Git declares it.",
    versionProvider = BuildVersion.class,
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator --namespaces=team-a",
      "  lambda-config-operator status",
      "  lambda-config-operator help export",
      "",
      "Without a command it runs the operator."
    },
    mixinStandardHelpOptions = true)
public final class Main {

  private static final String API_VERSION = LambdaFunctionConfig.API_VERSION;

  private static final String LOG_STREAM = "LAMBDA_CONFIG_LOG_STREAM";
  private static final String LOG_LEVEL = "LAMBDA_CONFIG_LOG_LEVEL";

  private Main() {}

  /**
   * Runs a command, by default {@code run}.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    String[] command = withDefaultCommand(args);
    if (command[0].equals(RunCommand.NAME)) {
      Launcher.takeOver(args);
    }
    boolean operates = Set.of(RunCommand.NAME, WarmUpCommand.NAME).contains(command[0]);
    StandardOutput output = StandardOutput.install(!operates);
    if (!operates) {
      logToStandardError();
    }
    Map<String, String> environment = System.getenv();
    int exitCode =
        (operates ? operatorCommandLine(environment) : commandLine(environment))
            .setOut(printing(System.out))
            .execute(command);
    // On success the operator's threads keep the process alive.
    if (exitCode != RunCommand.RUNNING) {
      System.out.flush();
      System.exit(whereWritten(exitCode, output, System.err));
    }
  }

  /** Returns a writer that knows of failures of its stream, unlike the one that picocli makes. */
  private static PrintWriter printing(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /**
   * Returns the exit code of a command, which is 1 if what it printed could not be written: a
   * script would take a report that is cut off for a whole one.
   */
  static int whereWritten(int exitCode, StandardOutput output, PrintStream err) {
    String problem = output.problem();
    if (problem == null) {
      return exitCode;
    }
    err.println("error: the standard output cannot be written: " + problem);
    return 1;
  }

  /** Leaves standard output to what a command prints, of which others read each line. */
  private static void logToStandardError() {
    System.setProperty(LOG_STREAM, "stderr");
    if (System.getenv(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "WARN");
    }
  }

  /** All commands. */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine export = new CommandLine(new ExportCommand(ExportEnvironment.SYSTEM));
    // So that it can report all problems together; others, but run, end with the first one.
    export.getCommandSpec().parser().collectErrors(true);
    return configured(
        operatorCommands(environment)
            .addSubcommand(new PlanCommand(environment))
            .addSubcommand(export)
            .addSubcommand(new ExplainCommand())
            .addSubcommand(new StatusCommand(environment))
            .addSubcommand(new ValidateCommand(environment))
            .addSubcommand(new CompletionCommand())
            .addSubcommand(new VersionCommand(BuildVersion.text(), API_VERSION))
            .addSubcommand(new CommandLine.HelpCommand()),
        environment);
  }

  /** The commands that operate, so that an operator loads nothing of the others. */
  static CommandLine operatorCommandLine(Map<String, String> environment) {
    return configured(operatorCommands(environment), environment);
  }

  private static CommandLine operatorCommands(Map<String, String> environment) {
    CommandLine run = new CommandLine(new RunCommand(BuildVersion.text()));
    // So that it can report all problems together.
    run.getCommandSpec().parser().collectErrors(true);
    CommandLine warmUp = new CommandLine(new WarmUpCommand());
    EnvironmentDefaults variables = new EnvironmentDefaults(environment);
    return new CommandLine(new Main())
        .addSubcommand(run.setDefaultValueProvider(variables))
        .addSubcommand(warmUp.setDefaultValueProvider(variables));
  }

  /** Sets what holds for all commands that were added. */
  private static CommandLine configured(CommandLine commandLine, Map<String, String> environment) {
    HelpLayout.apply(commandLine, environment);
    // The library looks at the command itself only, and prints nothing where it finds no version.
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new BuildVersion()));
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              message(exception)
                  .lines()
                  .forEach(line -> command.getErr().println(SafeText.of("error: " + line)));
              return 1;
            });
  }

  /** The message of a failure; that of some is nothing, or no more than the name of a file. */
  private static String message(Exception exception) {
    String message = exception.getMessage();
    return message == null || exception instanceof FileSystemException
        ? exception.toString()
        : message;
  }

  /**
   * Prints why the command line is refused. The reason is the last line: for a Pod that does not
   * start, people read the end of the log.
   */
  private static int refuse(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    UnmatchedArgumentException.printSuggestions(exception, err);
    err.println(
        "see: " + command.getCommandSpec().qualifiedName() + " --help, which lists all options");
    reason(exception).lines().forEach(line -> err.println("error: " + line));
    err.flush();
    return 1;
  }

  /** The reason; of files that a shell has put behind one -f, how to write them. */
  private static String reason(ParameterException exception) {
    boolean takesFiles = exception.getCommandLine().getCommandSpec().findOption("-f") != null;
    if (takesFiles
        && exception instanceof UnmatchedArgumentException arguments
        && arguments.getUnmatched().stream().noneMatch(argument -> argument.startsWith("-"))) {
      return "'%s' is behind no -f: write -f before each file, or name their directory"
          .formatted(SafeText.of(arguments.getUnmatched().getFirst()));
    }
    return String.valueOf(exception.getMessage());
  }

  /** Returns the command line with its command: options alone belong to {@code run}. */
  static String[] withDefaultCommand(String[] args) {
    boolean named =
        args.length > 0
            && (!args[0].startsWith("-")
                || Set.of("-h", "--help", "-V", "--version").contains(args[0]));
    if (named) {
      return args;
    }
    String[] run = new String[args.length + 1];
    run[0] = RunCommand.NAME;
    System.arraycopy(args, 0, run, 1, args.length);
    return run;
  }
}
