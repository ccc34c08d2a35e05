package dev.lambdaconfig.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The help of each command, whose examples are command lines that parse. */
final class HelpTest {

  private static final String NAME = "lambda-config-operator";

  /** What a shell takes out of a line before the command sees it. */
  private static final Pattern SHELL = Pattern.compile(" >.*|\\)$");

  static Stream<String> commands() {
    return Main.commandLine(Map.of()).getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasExamplesThatParse(String command) {
    CommandLine found = requireNonNull(Main.commandLine(Map.of()).getSubcommands().get(command));

    List<String> examples = examples(found);

    assertThat(examples).isNotEmpty().allMatch(line -> line.contains(NAME + " " + command));
    assertThat(examples).allSatisfy(HelpTest::assertParses);
  }

  @Test
  void theWholeHasExamplesThatParse() {
    assertThat(examples(Main.commandLine(Map.of())))
        .isNotEmpty()
        .allSatisfy(HelpTest::assertParses);
  }

  @Test
  void eachCommandIsListed() {
    assertThat(CommandResult.of("--help").out()).contains(commands().toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noLineIsWiderThanATerminal(String command) {
    assertThat(CommandResult.of(command, "--help").out().lines())
        .filteredOn(line -> !line.startsWith("  " + NAME))
        .allMatch(line -> line.length() <= 100);
  }

  /** Each as one line, however narrow the terminal is. */
  @ParameterizedTest
  @MethodSource("commands")
  void examplesCanBeCopied(String command) {
    CommandLine found = requireNonNull(Main.commandLine(Map.of()).getSubcommands().get(command));

    List<String> lines = help(command, "55").lines().map(String::strip).toList();

    assertThat(lines).containsAll(examples(found));
  }

  @ParameterizedTest
  @CsvSource({"200, 160", "120, 120", "60, 60", "1, 55", "'', 80", "wide, 80"})
  void theHelpIsAsWideAsTheTerminal(String columns, int width) {
    int longest =
        help("plan", columns)
            .lines()
            .filter(line -> !line.startsWith("  "))
            .mapToInt(String::length)
            .max()
            .orElseThrow();

    assertThat(longest).isBetween(width - 25, width);
  }

  /** Such as the name of a field of Java. */
  @ParameterizedTest
  @MethodSource("commands")
  void noValueIsNamedByAnInternalWord(String command) {
    assertThat(CommandResult.of(command, "--help").out()).doesNotContain("=<");
  }

  private static String help(String command, String columns) {
    StringWriter out = new StringWriter();
    Main.commandLine(Map.of("COLUMNS", columns))
        .setOut(new PrintWriter(out, true))
        .execute(command, "--help");
    return out.toString();
  }

  private static List<String> examples(CommandLine command) {
    return CommandHelp.examples(command.getCommandSpec().usageMessage().footer());
  }

  private static void assertParses(String example) {
    String words =
        SHELL.matcher(example.substring(example.indexOf(NAME) + NAME.length())).replaceAll("");
    String[] args = Main.withDefaultCommand(words.strip().split(" +"));
    ParseResult result = Main.commandLine(Map.of()).parseArgs(args);
    assertThat(result.subcommand().errors()).as(example).isEmpty();
  }
}
