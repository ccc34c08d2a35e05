package dev.lambdaconfig.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.run.RunCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The completion scripts: bash itself is asked what it would complete. */
final class CompletionTest {

  private static final String NAME = "lambda-config-operator";

  @TempDir private Path folder;

  static Stream<String> commands() {
    return Main.commandLine(Map.of()).getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.usageMessage().hidden())
        .map(spec -> spec.name());
  }

  @ParameterizedTest
  @CsvSource({
    "ru, run",
    "vers, version",
    "run --sweep-int, --sweep-interval",
    "plan --live --fail, --fail-on-drift",
    "version -o js, json"
  })
  void bashCompletesCommandsOptionsAndValues(String typed, String completed) throws Exception {
    assertThat(completionsInBash(typed)).contains(completed);
  }

  @Test
  void bashDoesNotOfferWhatIsHidden() throws Exception {
    assertThat(completionsInBash("w")).doesNotContain("warm-up");
  }

  @Test
  void zshLoadsTheSameScript() {
    assertThat(script("zsh")).isEqualTo(script("bash")).contains("bashcompinit");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fishKnowsEachCommandAndItsOptions(String command) {
    List<String> lines = script("fish").lines().toList();

    assertThat(lines).anyMatch(line -> line.contains(" -a " + command + " -d '"));
    CommandLine found = requireNonNull(Main.commandLine(Map.of()).getSubcommands().get(command));
    assertThat(found.getCommandSpec().options())
        .filteredOn(option -> !option.hidden() && option.longestName().startsWith("--"))
        .allSatisfy(
            option ->
                assertThat(lines)
                    .anyMatch(
                        line ->
                            line.contains("__fish_seen_subcommand_from " + command + "'")
                                && line.contains(
                                    " -l " + option.longestName().substring(2) + " ")));
  }

  /** Fish would complete values where the next option or argument comes. */
  @ParameterizedTest
  @MethodSource("commands")
  void fishExpectsAValueBehindAnOptionThatNeedsOneOnly(String command) {
    CommandLine found = requireNonNull(Main.commandLine(Map.of()).getSubcommands().get(command));
    List<String> lines =
        script("fish")
            .lines()
            .filter(line -> line.contains("'__fish_seen_subcommand_from " + command + "'"))
            .toList();

    assertThat(found.getCommandSpec().options())
        .filteredOn(option -> !option.hidden() && option.longestName().startsWith("--"))
        .allSatisfy(
            option ->
                assertThat(lines)
                    .filteredOn(
                        line -> line.contains(" -l " + option.longestName().substring(2) + " "))
                    .singleElement()
                    .satisfies(
                        line ->
                            assertThat(line.contains(" -x ") || line.contains(" -r "))
                                .as(line)
                                .isEqualTo(option.arity().min() > 0)));
  }

  @Test
  void fishIsOfferedNothingThatIsHidden() {
    assertThat(script("fish")).doesNotContain("warm-up").contains("-a 'bash zsh fish'");
  }

  /** A quote of a description that is not escaped would end the word, and the script with it. */
  @Test
  void eachLineForFishHasItsQuotesInPairs() {
    assertThat(script("fish").lines())
        .allSatisfy(
            line ->
                assertThat(
                        line.replace("\\\\", "").replace("\\'", "").chars().filter(c -> c == '\''))
                    .as(line)
                    .matches(quotes -> quotes.size() % 2 == 0));
  }

  @Test
  void aShellThatIsNotKnownIsRefusedWithThoseThatAre() {
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine(Map.of()).setErr(new PrintWriter(err)).execute("completion", "tcsh");
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("[bash, zsh, fish]").contains("tcsh");
  }

  @Test
  void theCommandsForShellsAreNoOptionsOfTheOperator() {
    assertThat(commands()).contains(RunCommand.NAME, "completion", "version");
  }

  private List<String> completionsInBash(String typed) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion.bash"), script("bash"));
    List<String> words = List.of((NAME + " " + typed).split(" "));
    String ask =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        _complete_%1$s %1$s "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(NAME);
    Process bash =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("bash", "--norc", "-c", ask, "bash", script.toString()),
                        words.stream())
                    .toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).toList();
  }

  private static String script(String shell) {
    StringWriter out = new StringWriter();
    int exitCode =
        Main.commandLine(Map.of()).setOut(new PrintWriter(out)).execute("completion", shell);
    assertThat(exitCode).isZero();
    return out.toString();
  }
}
