package dev.lambdaconfig.cli.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion of a command line for fish, for which the library has none: one {@code complete}
 * for each command, option, and parameter with a known set of values.
 *
 * <p>Source: <a href="https://fishshell.com/docs/current/cmds/complete.html">complete</a>.
 */
final class FishCompletion {

  private final String program;
  private final List<CommandLine> commands;

  private FishCompletion(CommandLine whole) {
    program = whole.getCommandName();
    commands =
        whole.getSubcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .toList();
  }

  /** Returns the script for a command line with one level of commands. */
  static String of(CommandLine whole) {
    FishCompletion completion = new FishCompletion(whole);
    String names =
        completion.commands.stream()
            .map(CommandLine::getCommandName)
            .collect(Collectors.joining(" "));
    String noCommand = "not __fish_seen_subcommand_from " + names;
    return Stream.of(
            Stream.of("complete -c " + completion.program + " -f"),
            completion.commands.stream().map(each -> completion.command(noCommand, each)),
            completion.options(noCommand, whole.getCommandSpec()),
            completion.commands.stream().flatMap(completion::argumentsOf))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  private String command(String noCommand, CommandLine command) {
    return complete(noCommand)
        + " -a "
        + command.getCommandName()
        + " -d "
        + quoted(firstSentence(command.getCommandSpec().usageMessage().description()));
  }

  private Stream<String> argumentsOf(CommandLine command) {
    String condition = "__fish_seen_subcommand_from " + command.getCommandName();
    CommandSpec spec = command.getCommandSpec();
    Stream<String> parameters =
        spec.positionalParameters().stream()
            .filter(each -> each.completionCandidates() != null)
            .map(each -> complete(condition) + " -a " + quoted(candidates(each)));
    return Stream.concat(parameters, options(condition, spec));
  }

  private Stream<String> options(String condition, CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .map(option -> complete(condition) + names(option) + value(option) + description(option));
  }

  private String complete(String condition) {
    return "complete -c " + program + " -n " + quoted(condition);
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(
            name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
        .collect(Collectors.joining());
  }

  /** Returns what may follow an option: values that are known, files, or nothing. */
  private static String value(OptionSpec option) {
    // A value that may be left out follows = in the same word; the next word is no value.
    if (option.arity().min() == 0) {
      return "";
    }
    if (option.completionCandidates() != null) {
      return " -x -a " + quoted(candidates(option));
    }
    boolean file = Stream.of("FILE", "DIR").anyMatch(option.paramLabel()::contains);
    return file ? " -r -F" : " -x";
  }

  private static String candidates(ArgSpec argument) {
    return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
        .collect(Collectors.joining(" "));
  }

  private static String description(OptionSpec option) {
    return " -d " + quoted(firstSentence(option.description()));
  }

  private static String firstSentence(String... description) {
    return String.join(" ", description)
        .split("(?<=[.:;])\\s", 2)[0]
        .replace("%n", " ")
        .strip()
        .replaceFirst("[:;]$", "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
