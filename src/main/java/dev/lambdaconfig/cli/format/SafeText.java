package dev.lambdaconfig.cli.format;

import dev.lambdaconfig.text.WholeText;

/**
 * Somebody else's words on one line: without line breaks, and without what would control a terminal
 * or show the words in another order.
 */
public final class SafeText {

  private SafeText() {}

  /** The same text with escapes such as {@code \n} and <code>&#92;u001b</code>. */
  public static String of(String text) {
    String whole = WholeText.of(text);
    StringBuilder safe = new StringBuilder(whole.length());
    whole.codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  /** The same, not longer than that. */
  public static String shortened(String text, int longest) {
    return of(WholeText.shortened(text, longest));
  }

  private static void append(StringBuilder safe, int point) {
    switch (point) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        if (isShown(point)) {
          safe.appendCodePoint(point);
        } else {
          for (char unit : Character.toChars(point)) {
            safe.append("\\u%04x".formatted((int) unit));
          }
        }
      }
    }
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
