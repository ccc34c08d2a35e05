package dev.lambdaconfig.text;

/**
 * Texts of whole characters. JSON can escape half a surrogate pair, which UTF-8 cannot carry: the
 * API server would store another text than the one that is sent, and the status would seem changed.
 */
public final class WholeText {

  private static final char REPLACEMENT = '\ufffd';

  private WholeText() {}

  /** The same text, with the replacement character for each half of a surrogate pair. */
  public static String of(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
        i++;
        continue;
      }
      whole = whole == null ? new StringBuilder(text) : whole;
      whole.setCharAt(i, REPLACEMENT);
    }
    return whole == null ? text : whole.toString();
  }

  /** A text for messages: what is longer than that ends there, with an ellipsis behind it. */
  public static String shortened(String text, int longest) {
    return text.length() <= longest ? text : start(text, longest) + "…";
  }

  /** The beginning of a text, at most as long as that. */
  public static String start(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
  }
}
