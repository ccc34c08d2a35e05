package dev.lambdaconfig.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages, which are roff. */
final class ManPagesTest {

  private static final String NAME = "lambda-config-operator";

  /** A request or macro that a page uses; any other line is text. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "\\.TH \"[^\"]+\" \"1\" \"2026-11-27\" \"[^\"]+\" \"User Commands\"|\\.SH \"[A-Z"
              + " ]+\"|\\.TP|\\.nf|\\.fi");

  private static final String DATE = "2026-11-27";

  static Stream<String> commands() {
    return HelpTest.commands();
  }

  @Test
  void theWholeAndEachCommandHaveAPage() {
    assertThat(GenerateManPages.pages(DATE).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(NAME + ".1"), commands().map(command -> NAME + "-" + command + ".1"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aPageHasEachOptionAndTheExamples(String command) {
    String page = requireNonNull(GenerateManPages.pages(DATE).get(NAME + "-" + command + ".1"));
    CommandLine found = requireNonNull(Main.commandLine(Map.of()).getSubcommands().get(command));

    assertThat(page)
        .contains(".SH \"SYNOPSIS\"", ".SH \"EXAMPLES\"", ".SH \"SEE ALSO\"")
        .contains(NAME.replace("-", "\\-") + "\\-" + command + " \\- ")
        .doesNotContain("${", "%n");
    assertThat(found.getCommandSpec().options())
        .filteredOn(option -> !option.hidden())
        .allSatisfy(
            option ->
                assertThat(page)
                    .contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aPageTellsOfVariablesWhereOptionsHaveThem(String command) {
    // Given
    String page = requireNonNull(GenerateManPages.pages(DATE).get(NAME + "-" + command + ".1"));
    Map<String, String> environment =
        options(command, Map.of()).stream()
            .collect(
                Collectors.toMap(
                    option -> EnvironmentDefaults.variable(option.longestName()), option -> "7"));

    // When
    List<String> given =
        options(command, environment).stream()
            .filter(option -> hasDefault(option, "7"))
            .map(OptionSpec::longestName)
            .toList();

    // Then
    if (page.contains(".SH \"ENVIRONMENT\"")) {
      assertThat(given)
          .contains("--sweep-interval")
          .containsExactlyElementsOf(
              options(command, Map.of()).stream()
                  .filter(option -> !option.usageHelp() && !option.versionHelp())
                  .map(OptionSpec::longestName)
                  .toList());
    } else {
      assertThat(given).isEmpty();
      assertThat(page).doesNotContain("LAMBDA_CONFIG_");
    }
  }

  private static List<OptionSpec> options(String command, Map<String, String> environment) {
    return requireNonNull(Main.commandLine(environment).getSubcommands().get(command))
        .getCommandSpec()
        .options();
  }

  private static boolean hasDefault(OptionSpec option, String value) {
    try {
      IDefaultValueProvider provider = option.command().defaultValueProvider();
      return provider != null && value.equals(provider.defaultValue(option));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aVariableOfOneCommandDoesNotBreakAnother() {
    int exitCode =
        Main.commandLine(Map.of("LAMBDA_CONFIG_OUTPUT", "functions"))
            .setOut(new PrintWriter(new StringWriter()))
            .execute("version");

    assertThat(exitCode).isZero();
  }

  @Test
  void whatBeginsLikeARequestIsOne() {
    Map<String, String> pages = GenerateManPages.pages(DATE);

    assertThat(pages.values())
        .flatMap(page -> page.lines().toList())
        .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
        .allMatch(line -> REQUEST.matcher(line).matches());
    assertThat(pages.values())
        .flatMap(page -> page.lines().toList())
        .filteredOn(line -> !line.startsWith(".TH"))
        .allMatch(
            line -> !line.matches("(?s).*(?<!\\\\)-.*"), "has no dash that a reader cannot copy");
  }
}
