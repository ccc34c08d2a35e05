package dev.lambdaconfig.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command in roff, by the macros of man(7).
 *
 * <p>The library's own generator (picocli-codegen) writes AsciiDoc, from which only Asciidoctor
 * makes roff: a Ruby on the JVM of 40 MB, for what a page of this size needs.
 */
final class ManPage {

  private static final int WIDTH = 78;

  private final CommandSpec spec;
  private final List<String> others;
  private final String version;
  private final String date;
  private final List<String> lines = new ArrayList<>();

  private ManPage(CommandSpec spec, List<String> others, String version, String date) {
    this.spec = spec;
    this.others = others;
    this.version = version;
    this.date = date;
  }

  /**
   * Writes a page.
   *
   * @param others the names of all pages
   * @param date such as 2026-11-27
   */
  static String of(CommandLine command, List<String> others, String version, String date) {
    return new ManPage(command.getCommandSpec(), others, version, date).text();
  }

  /** The name of a command's page. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private String text() {
    String name = spec.qualifiedName("-");
    String description = sentence(spec.usageMessage().description());
    lines.add(
        ".TH \"%s\" \"1\" \"%s\" \"lambda\\-config\\-operator %s\" \"User Commands\""
            .formatted(escaped(name.toUpperCase(Locale.ROOT)), date, escaped(version)));
    section("NAME");
    lines.add(escaped(name) + " \\- " + escaped(first(description)));
    section("SYNOPSIS");
    spec.usageMessage().width(WIDTH);
    verbatim(spec.commandLine().getHelp().synopsis(0).lines());
    section("DESCRIPTION");
    lines.add(escaped(description));
    subcommands();
    arguments("ARGUMENTS", spec.positionalParameters());
    arguments("OPTIONS", spec.options());
    environment();
    String[] footer = spec.usageMessage().footer();
    section("EXAMPLES");
    verbatim(CommandHelp.examples(footer).stream());
    List<String> notes = CommandHelp.notes(footer);
    if (!notes.isEmpty()) {
      section("NOTES");
      notes.forEach(note -> lines.add(escaped(note)));
    }
    section("SEE ALSO");
    lines.add(
        others.stream()
            .filter(other -> !other.equals(name))
            .map(other -> "\\fB" + escaped(other) + "\\fR(1)")
            .collect(Collectors.joining(",\n")));
    return String.join("\n", lines) + "\n";
  }

  private void section(String title) {
    lines.add(".SH \"" + title + "\"");
  }

  private void subcommands() {
    List<CommandLine> shown =
        spec.subcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .toList();
    if (!shown.isEmpty()) {
      section("COMMANDS");
    }
    for (CommandLine command : shown) {
      lines.add(".TP");
      lines.add("\\fB" + escaped(command.getCommandName()) + "\\fR");
      lines.add(escaped(sentence(command.getCommandSpec().usageMessage().description())));
    }
  }

  private void arguments(String title, List<? extends ArgSpec> arguments) {
    List<? extends ArgSpec> shown =
        arguments.stream().filter(argument -> !argument.hidden()).toList();
    if (!shown.isEmpty()) {
      section(title);
    }
    for (ArgSpec argument : shown) {
      lines.add(".TP");
      lines.add(
          switch (argument) {
            case OptionSpec option -> names(option);
            case PositionalParamSpec parameter -> italic(parameter.paramLabel());
            default -> throw new IllegalStateException("no argument: " + argument);
          });
      lines.add(escaped(sentence(argument.description())));
    }
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + italic(option.paramLabel());
    return Stream.of(option.names())
            .map(name -> "\\fB" + escaped(name) + "\\fR")
            .collect(Collectors.joining(", "))
        + value;
  }

  private void environment() {
    if (!(spec.defaultValueProvider() instanceof EnvironmentDefaults)) {
      return;
    }
    section("ENVIRONMENT");
    lines.add(
        escaped(
            "Each option but --help and --version can be given by a variable: LAMBDA_CONFIG_ and"
                + " its name in upper case, with _ in place of -, such as"
                + " LAMBDA_CONFIG_SWEEP_INTERVAL for --sweep-interval."));
  }

  private void verbatim(Stream<String> text) {
    lines.add(".nf");
    text.map(ManPage::escaped).forEach(lines::add);
    lines.add(".fi");
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  private static String sentence(String... description) {
    return String.join(" ", description).replace("%n", " ").replace("%%", "%").strip();
  }

  private static String first(String description) {
    String sentence = description.split("(?<=[.:;])\\s", 2)[0].replaceFirst("[.:;]$", "");
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  /** The text as roff shows it: a dot or a quote at the start of a line would be a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
