package dev.lambdaconfig.plan;

import dev.lambdaconfig.settings.ObservedFunction;
import dev.lambdaconfig.settings.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes environment values out of AWS's messages, some of which repeat the whole environment.
 *
 * <p>A message that repeats a value is withheld as a whole: what is left of it could still tell.
 */
public final class Redaction {

  /** What stands in place of a message that repeats a value. */
  public static final String WITHHELD =
      "AWS's message is withheld because it repeats a value of the function's environment";

  /** Shorter values occur in every sentence; they count only where they stand as a value. */
  private static final int TELLING_LENGTH = 4;

  private static final int LONGEST = 4096;

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Knows the values that the spec sets, and those that the function has. */
  public static Redaction of(@Nullable Desired desired, @Nullable ObservedFunction function) {
    List<String> secrets = new ArrayList<>();
    if (desired != null) {
      secrets.addAll(desired.secrets());
    }
    if (function != null) {
      for (Value value : function.environment().values()) {
        if (value instanceof Value.Secret secret) {
          secrets.add(secret.text());
        }
      }
    }
    return new Redaction(secrets);
  }

  /** The message without secrets, at most 4096 characters. */
  public String clean(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return "AWS gives no reason";
    }
    int measured = message.indexOf("String measured:");
    String text =
        measured < 0
            ? message
            : message.substring(0, measured) + "(the environment that AWS repeats is withheld)";
    String read = unescaped(text);
    for (String secret : secrets) {
      if (repeats(text, secret) || repeats(read, secret)) {
        return WITHHELD;
      }
    }
    return text.length() <= LONGEST ? text : cut(text) + "…";
  }

  private static boolean repeats(String message, String secret) {
    if (secret.isEmpty()) {
      return false;
    }
    if (secret.length() >= TELLING_LENGTH) {
      return message.contains(secret);
    }
    return message.contains("\"" + secret + "\"")
        || message.contains("=" + secret + ",")
        || message.contains("=" + secret + "}")
        || message.contains("'" + secret + "'");
  }

  /** Half a character outside the basic plane is none that JSON can carry. */
  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }

  /** AWS repeats values as JSON, which can be written in more than one way. */
  private static String unescaped(String text) {
    StringBuilder read = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\' || at == text.length()) {
        read.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      switch (escaped) {
        case 'n' -> read.append('\n');
        case 'r' -> read.append('\r');
        case 't' -> read.append('\t');
        case 'b' -> read.append('\b');
        case 'f' -> read.append('\f');
        case 'u' -> at = unicode(text, at, read);
        default -> read.append(escaped);
      }
    }
    return read.toString();
  }

  private static int unicode(String text, int at, StringBuilder read) {
    int end = at + 4;
    if (end > text.length()
        || !text.substring(at, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      read.append('u');
      return at;
    }
    read.append((char) Integer.parseInt(text.substring(at, end), 16));
    return end;
  }
}
