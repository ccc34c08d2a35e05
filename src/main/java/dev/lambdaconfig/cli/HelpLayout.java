package dev.lambdaconfig.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The layout of the help of commands: as wide as the terminal, with examples that can be copied.
 */
final class HelpLayout {

  private static final String COLUMNS = "COLUMNS";

  /** The narrowest that the library allows. */
  private static final int NARROWEST = 55;

  /** Longer lines are hard to read. */
  private static final int WIDEST = 160;

  private static final int USUAL = 80;
  private static final String EXAMPLE = "  ";

  private HelpLayout() {}

  /** Lays out the help of a command and of its subcommands. */
  static void apply(CommandLine command, Map<String, String> environment) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(width(environment.getOrDefault(COLUMNS, "")));
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
    command.setHelpSectionMap(sections);
    command.getSubcommands().values().forEach(each -> apply(each, environment));
  }

  private static int width(String columns) {
    return columns.matches("\\d{1,4}")
        ? Math.clamp(Integer.parseInt(columns), NARROWEST, WIDEST)
        : USUAL;
  }

  /** The end of the help, of which the library would fold all lines. */
  private static String footer(Help help) {
    UsageMessageSpec usage = help.commandSpec().usageMessage();
    StringBuilder text = new StringBuilder();
    List<String> folded = new ArrayList<>();
    for (String line : usage.footer()) {
      if (line.startsWith(EXAMPLE)) {
        fold(folded, help, usage, text);
        text.append(line.replace("%n", System.lineSeparator()).replace("%%", "%"))
            .append(System.lineSeparator());
      } else {
        folded.add(line);
      }
    }
    fold(folded, help, usage, text);
    return text.toString();
  }

  private static void fold(
      List<String> lines, Help help, UsageMessageSpec usage, StringBuilder text) {
    Help.join(
        help.ansi(),
        usage.width(),
        usage.adjustLineBreaksForWideCJKCharacters(),
        lines.toArray(String[]::new),
        text);
    lines.clear();
  }
}
