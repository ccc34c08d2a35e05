package dev.lambdaconfig.plan.redaction;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in one form, however often and by whatever rules they were escaped: of two texts with the
 * same content, they are then equal, or one is part of the other.
 */
final class FoldedText {

  /**
   * Maximum number of levels of escapes: each at least doubles them, so no message has room for
   * more.
   */
  private static final int MOST_LEVELS = 12;

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private static final int LONGEST_ENTITY = 8;

  private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{11,}");

  private FoldedText() {}

  /**
   * The text without escapes, with one space for all white space, in Unicode's compatible form
   * (NFKC).
   */
  static String of(String text) {
    String folded = text;
    for (int level = 0; level < MOST_LEVELS; level++) {
      String next = unescaped(folded);
      if (next.equals(folded)) {
        break;
      }
      folded = next;
    }
    return plain(Normalizer.normalize(folded, Normalizer.Form.NFKC));
  }

  /** The decoded Base64 words of the text, folded, each on its own line. */
  static String decoded(String text) {
    StringBuilder decoded = new StringBuilder();
    Matcher words = ENCODED.matcher(text);
    while (words.find()) {
      String word = words.group().replace('-', '+').replace('_', '/');
      // The word can be cut at its start, too.
      for (int from = 0; from < 4; from++) {
        int end = from + (word.length() - from) / 4 * 4;
        byte[] bytes = Base64.getDecoder().decode(word.substring(from, end));
        decoded.append('\n').append(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return of(decoded.toString());
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean space = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean white = Character.isWhitespace(c) || c == ' ';
      boolean shown = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
      if (white && !space) {
        plain.append(' ');
      } else if (!white && shown) {
        plain.append(c);
      }
      space = white || (space && !shown);
    }
    return plain.toString();
  }

  private static String unescaped(String text) {
    StringBuilder read = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      at =
          switch (c) {
            case '\\' -> backslash(text, at + 1, read);
            case '%' -> percent(text, at, read);
            case '&' -> entity(text, at, read);
            case '+' -> literally(' ', at, read);
            default -> literally(c, at, read);
          };
    }
    return read.toString();
  }

  private static int literally(char c, int at, StringBuilder read) {
    read.append(c);
    return at + 1;
  }

  private static int backslash(String text, int at, StringBuilder read) {
    if (at == text.length()) {
      return at;
    }
    return switch (text.charAt(at)) {
      case 'n', 'r', 't', 'b', 'f', 'v' -> literally(' ', at, read);
      case 'u' -> code(text, at + 1, 4, 'u', read);
      case 'x' -> code(text, at + 1, 2, 'x', read);
      default -> literally(text.charAt(at), at, read);
    };
  }

  private static int code(String text, int at, int digits, char otherwise, StringBuilder read) {
    int code = hexadecimal(text, at, digits);
    read.append(code < 0 ? otherwise : (char) code);
    return code < 0 ? at : at + digits;
  }

  /** Reads percent escapes; several in a row can be the bytes of one character. */
  private static int percent(String text, int at, StringBuilder read) {
    if (at + 1 < text.length() && text.charAt(at + 1) == 'u' && hexadecimal(text, at + 2, 4) >= 0) {
      return code(text, at + 2, 4, 'u', read);
    }
    int end = at;
    while (end < text.length() && text.charAt(end) == '%' && hexadecimal(text, end + 1, 2) >= 0) {
      end += 3;
    }
    if (end == at) {
      return literally('%', at, read);
    }
    byte[] bytes = new byte[(end - at) / 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) hexadecimal(text, at + 3 * i + 1, 2);
    }
    read.append(new String(bytes, StandardCharsets.UTF_8));
    return end;
  }

  private static int entity(String text, int at, StringBuilder read) {
    int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_ENTITY + 2));
    if (end < 0 || end == at + 1) {
      return literally('&', at, read);
    }
    String name = text.substring(at + 1, end);
    String known = ENTITIES.get(name);
    if (known != null) {
      read.append(known);
      return end + 1;
    }
    int code = name.charAt(0) == '#' ? number(name.substring(1)) : -1;
    if (!Character.isValidCodePoint(code)) {
      return literally('&', at, read);
    }
    read.appendCodePoint(code);
    return end + 1;
  }

  private static int number(String digits) {
    boolean hexadecimal = digits.startsWith("x") || digits.startsWith("X");
    String bare = hexadecimal ? digits.substring(1) : digits;
    int radix = hexadecimal ? 16 : 10;
    return bare.isEmpty()
            || bare.length() > 6
            || !bare.chars().allMatch(c -> Character.digit(c, radix) >= 0)
        ? -1
        : Integer.parseInt(bare, radix);
  }

  private static int hexadecimal(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int code = 0;
    for (int index = at; index < at + digits; index++) {
      int digit = Character.digit(text.charAt(index), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
