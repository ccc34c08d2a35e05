package dev.lambdaconfig.cli.export.template.value;

/**
 * The texts that functions and loops of a template make, bounded in total: a text that repeats a
 * text that repeats a text grows by powers.
 */
final class TemplateText {

  /** The most characters; a template has at most 1 MB. */
  private static final int MOST = 5_000_000;

  private int made;

  /** Begins with nothing made. */
  TemplateText() {}

  /**
   * Appends a part to a text.
   *
   * @throws TemplateException if the template makes too many characters with it
   */
  void append(StringBuilder text, String part) throws TemplateException {
    made += part.length();
    if (made > MOST) {
      throw new TemplateException(
          "the functions and loops of the template make more than %d characters".formatted(MOST));
    }
    text.append(part);
  }

  /** A text with another part in the place of each variable. */
  String replaced(String text, String variable, String part) throws TemplateException {
    int at = text.indexOf(variable);
    if (at < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    while (at >= 0) {
      append(result, text.substring(from, at));
      append(result, part);
      from = at + variable.length();
      at = text.indexOf(variable, from);
    }
    append(result, text.substring(from));
    return result.toString();
  }
}
