package dev.lambdaconfig.text;

/**
 * Texts of one line. What tenants or AWS wrote may contain line breaks, and a line of a log that
 * begins with such a text looks like a record of its own.
 */
public final class OneLine {

  private OneLine() {}

  /** The same text, with each control character and line separator escaped as in Java. */
  public static String of(String text) {
    StringBuilder line = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean breaks = isControl(character);
      if (breaks && line == null) {
        line = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (line != null) {
        line.append(breaks ? escaped(character) : String.valueOf(character));
      }
    }
    return line == null ? text : line.toString();
  }

  /** Whether a character is of C0 or C1, is DEL, or separates lines or paragraphs. */
  private static boolean isControl(char character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }

  private static String escaped(char character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) character);
    };
  }
}
