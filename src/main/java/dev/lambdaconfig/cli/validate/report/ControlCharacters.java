package dev.lambdaconfig.cli.validate.report;

/** Words of manifests in reports: on one line, and without what a terminal would obey. */
final class ControlCharacters {

  private ControlCharacters() {}

  /** The same text with an escape for each such character. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean isPair =
          i + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(i + 1));
      if (isPair) {
        safe.append(character).append(text.charAt(++i));
      } else if (isShown(character)) {
        safe.append(character);
      } else {
        safe.append("\\u%04x".formatted((int) character));
      }
    }
    return safe.toString();
  }

  private static boolean isShown(char character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
