package dev.lambdaconfig.cli.format;

/** The styles of a text on a terminal. */
public enum TerminalStyle {
  /** Bold. */
  BOLD("1"),
  /** Faint. */
  FAINT("2"),
  /** Red. */
  RED("31"),
  /** Green. */
  GREEN("32"),
  /** Yellow. */
  YELLOW("33"),
  /** Bold and red. */
  BOLD_RED("1;31"),
  /** Bold and yellow. */
  BOLD_YELLOW("1;33");

  private final String code;

  TerminalStyle(String code) {
    this.code = code;
  }

  /**
   * Returns a text in this style.
   *
   * @param shown whether a terminal shows it; else the text is returned as it is
   */
  public String of(String text, boolean shown) {
    return shown ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
