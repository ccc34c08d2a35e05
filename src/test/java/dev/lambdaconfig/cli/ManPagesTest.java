package dev.lambdaconfig.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

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
