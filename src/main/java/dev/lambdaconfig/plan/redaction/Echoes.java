package dev.lambdaconfig.plan.redaction;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The search for values that a message repeats. Its time depends on the sum of both lengths, not on
 * their product.
 */
final class Echoes {

  /** Number of equal letters in a row that are no coincidence. */
  private static final int TELLING = 8;

  /** The same number where the message names the variable. */
  private static final int TELLING_BESIDE_NAME = 4;

  /**
   * Shortest value that counts as a word: a shorter one is part of many words, and counts only
   * where it stands as a value.
   */
  private static final int SHORTEST_WORD = 4;

  private static final String QUOTES = "\"'`=<‘’“”";

  private static final String OPENINGS = ":([{";

  private final String named;
  private final String message;
  private final PublicText open;
  private final Set<String> parts;
  private final Set<String> shortParts;

  /**
   * Prepares the search in a message.
   *
   * @param named the message, folded
   * @param facts the public texts, folded and in lower case
   */
  Echoes(String named, Collection<String> facts) {
    this.named = named;
    this.message = named.toLowerCase(Locale.ROOT);
    this.open = PublicText.in(message, facts);
    this.parts = parts(TELLING);
    this.shortParts = parts(TELLING_BESIDE_NAME);
  }

  private Set<String> parts(int length) {
    Set<String> parts = new HashSet<>();
    for (int at = 0; at + length <= message.length(); at++) {
      if (!open.covers(at, at + length)) {
        parts.add(message.substring(at, at + length));
      }
    }
    return parts;
  }

  /**
   * Whether the message repeats a variable's value, or too much of it.
   *
   * @param value the value, folded and in lower case
   */
  boolean repeats(String name, String value) {
    if (value.isEmpty()) {
      return false;
    }
    if (isNamed(name) && (message.contains(value) || shares(value, TELLING_BESIDE_NAME))) {
      return true;
    }
    return value.length() >= TELLING
        ? shares(value, TELLING) || stands(value)
        : stands(value) || (value.length() >= SHORTEST_WORD && says(value));
  }

  private boolean shares(String value, int length) {
    Set<String> known = length == TELLING ? parts : shortParts;
    for (int at = 0; at + length <= value.length(); at++) {
      if (known.contains(value.substring(at, at + length))) {
        return true;
      }
    }
    return false;
  }

  private boolean says(String value) {
    for (int at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
      if (!open.covers(at, at + value.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value stands where values do: quoted, after an equals sign, or after a colon. */
  private boolean stands(String value) {
    for (int at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
      int end = at + value.length();
      boolean ended = end == message.length() || !Character.isLetterOrDigit(message.charAt(end));
      if (ended && at > 0 && (isQuoted(at) || (isIntroduced(at) && !open.covers(at, end)))) {
        return true;
      }
    }
    return false;
  }

  private boolean isQuoted(int at) {
    char before = message.charAt(at - 1);
    return QUOTES.indexOf(before) >= 0
        || (at > 1 && before == ' ' && message.charAt(at - 2) == '=')
        || (at > 1 && before == ':' && QUOTES.indexOf(message.charAt(at - 2)) >= 0);
  }

  private boolean isIntroduced(int at) {
    char before = message.charAt(at - 1);
    return "([{".indexOf(before) >= 0
        || (at > 1 && before == ' ' && OPENINGS.indexOf(message.charAt(at - 2)) >= 0);
  }

  private boolean isNamed(String name) {
    for (int at = named.indexOf(name); at >= 0; at = named.indexOf(name, at + 1)) {
      int end = at + name.length();
      if ((at == 0 || !isPartOfName(named.charAt(at - 1)))
          && (end == named.length() || !isPartOfName(named.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPartOfName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /** Names the length only: the message may contain secrets. */
  @Override
  public String toString() {
    return "Echoes[" + message.length() + " characters]";
  }
}
