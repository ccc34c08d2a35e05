package dev.lambdaconfig.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code run} as its users write them, for the documentation. */
public final class OptionReference {

  private static final List<String> STANDARD = List.of("--help", "--version");

  private OptionReference() {}

  /**
   * An option.
   *
   * @param name such as {@code --workers}
   * @param variable the environment variable that stands for it
   * @param defaultValue what holds where neither is given; empty where the description tells
   * @param description what it does
   */
  public record Option(String name, String variable, String defaultValue, String description) {}

  /** All options, in the order in which they are declared. */
  public static List<Option> all() {
    return Objects.requireNonNull(Main.commandLine(Map.of()).getSubcommands().get("run"))
        .getCommandSpec()
        .options()
        .stream()
        .filter(option -> !STANDARD.contains(option.longestName()))
        .map(OptionReference::of)
        .toList();
  }

  private static Option of(OptionSpec option) {
    return new Option(
        option.longestName(),
        EnvironmentDefaults.variable(option.longestName()),
        Objects.requireNonNullElse(option.defaultValue(), ""),
        String.join(" ", option.description()));
  }
}
