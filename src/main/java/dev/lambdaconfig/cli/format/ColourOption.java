package dev.lambdaconfig.cli.format;

import java.util.Map;
import picocli.CommandLine.Option;

/** The choice whether a text for people is coloured. */
public final class ColourOption {

  /** The choices. */
  enum When {
    /** Coloured on a terminal, unless NO_COLOR is set. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description =
          "When to colour the text. auto: on a terminal, unless NO_COLOR is set. Default: auto.")
  private When when;

  /** Creates the choice of colours on a terminal. */
  public ColourOption() {
    this(When.AUTO);
  }

  ColourOption(When when) {
    this.when = when;
  }

  /**
   * Returns whether to colour standard output.
   *
   * @param environment the variables of the process: {@code TERM} and {@code NO_COLOR}
   */
  public boolean showsColours(Map<String, String> environment) {
    return switch (when) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> StandardStream.OUT.takesEscapes(environment);
    };
  }
}
