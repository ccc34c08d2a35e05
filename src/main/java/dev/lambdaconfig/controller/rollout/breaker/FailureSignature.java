package dev.lambdaconfig.controller.rollout.breaker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of a failed update. Within one namespace, failures with the same code are alike; across
 * namespaces, only those of the same fields with the same shape of message, because AWS has one
 * code, {@code InvalidParameterValueException}, for most mistakes.
 *
 * @param code AWS's code
 * @param alike a hash of code, fields and the message's shape: the text itself is not kept
 */
public record FailureSignature(String code, String alike) {

  /**
   * Number of bytes that make it infeasible to find a message of another shape with the same hash.
   */
  private static final int HASH_BYTES = 12;

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'|`[^`]*`");
  private static final Pattern ARN = Pattern.compile("\\barn:[^\\s,;()\\[\\]{}\"']+");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_./:$@%+-]+");

  /**
   * Matches repeated names. It is possessive: a group that can backtrack needs stack for each
   * repetition.
   */
  private static final Pattern REPEATED = Pattern.compile("#(?:[\\s,;]*+#)++");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * Describes a failure.
   *
   * @param fields the fields of the update
   * @param message AWS's message, redacted
   * @param functionName the name of the function, which the message may repeat
   */
  public static FailureSignature of(
      String code, List<String> fields, String message, String functionName) {
    return of(code, fields, message, functionName, "");
  }

  /**
   * Describes a failure of an identity: what is denied to one says nothing about another.
   *
   * @param session the key of the identity's session; empty for the operator's own identity
   */
  public static FailureSignature of(
      String code, List<String> fields, String message, String functionName, String session) {
    String denied = code.startsWith("AccessDenied") ? "\n" + session : "";
    return new FailureSignature(
        code, hash(code + "\n" + key(fields) + "\n" + shape(message, functionName) + denied));
  }

  /** The fields of an update, sorted. */
  static String key(List<String> fields) {
    return String.join(",", fields.stream().sorted().toList());
  }

  /** The message without the parts that differ from function to function. */
  static String shape(String message, String functionName) {
    String shape = QUOTED.matcher(message).replaceAll("#");
    shape = ARN.matcher(shape).replaceAll("#");
    shape =
        WORD.matcher(shape)
            .replaceAll(
                word ->
                    isName(word.group(), functionName)
                        ? "#"
                        : Matcher.quoteReplacement(word.group()));
    shape = REPEATED.matcher(shape).replaceAll("#");
    return SPACE.matcher(shape).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a word is a name. Ids, numbers, versions and dates count too: every word with a digit.
   */
  private static boolean isName(String word, String functionName) {
    return word.chars().anyMatch(Character::isDigit)
        || word.equals(functionName)
        || (word.startsWith(functionName)
            && word.substring(functionName.length()).chars().noneMatch(Character::isLetter));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
