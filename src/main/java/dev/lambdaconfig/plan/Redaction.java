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
    for (String secret : secrets) {
      if (repeats(text, secret)) {
        return WITHHELD;
      }
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static boolean repeats(String message, String secret) {
    if (secret.isEmpty()) {
      return false;
    }
    String escaped = escaped(secret);
    if (secret.length() >= TELLING_LENGTH) {
      return message.contains(secret) || message.contains(escaped);
    }
    return message.contains("\"" + escaped + "\"")
        || message.contains("=" + secret + ",")
        || message.contains("=" + secret + "}")
        || message.contains("'" + secret + "'");
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
