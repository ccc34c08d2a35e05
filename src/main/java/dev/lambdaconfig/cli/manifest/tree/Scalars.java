package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of scalars without quotes, as kubectl and the API server read them: by the rules of
 * YAML 1.1, in which {@code yes} is true and {@code 010} is eight.
 */
final class Scalars {

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

  private static final Pattern NO_JSON_NUMBER =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern WHOLE =
      Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /** The length of a number that could have another value than infinity, with room to spare. */
  private static final int LONGEST_NUMBER = 2000;

  private static final int LONGEST_WHOLE = 100;

  /** Above it, Go's JSON writes a whole number with an exponent, and it is none any more. */
  private static final double WHOLE_UP_TO = 0x1p63;

  private Scalars() {}

  /**
   * The value of a scalar without quotes and tag.
   *
   * @throws TextFaultException if JSON has no such value
   */
  static JsonNode plain(String text, Position at) throws TextFaultException {
    if (NULL.contains(text)) {
      return NullNode.instance;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return BooleanNode.valueOf(TRUE.contains(text));
    }
    if (NO_JSON_NUMBER.matcher(text).matches()) {
      throw new TextFaultException(
          at, "JSON has no such number: write a number, or put it in quotes");
    }
    char first = text.charAt(0);
    if ("+-.0123456789".indexOf(first) < 0) {
      return TextNode.valueOf(text);
    }
    JsonNode number = number(first == '.' ? text : text.replace("_", ""));
    return number == null ? TextNode.valueOf(text) : number;
  }

  /** The number that a text is, or null if it is none or out of range. */
  static @Nullable JsonNode number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return null;
    }
    if (text.length() <= LONGEST_WHOLE) {
      var whole = WHOLE.matcher(text);
      if (whole.matches()) {
        BigInteger value = whole(whole.group(2));
        return of(whole.group(1).equals("-") ? value.negate() : value);
      }
    }
    if (!FLOAT.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : of(value);
  }

  private static BigInteger whole(String digits) {
    String lower = digits.toLowerCase(Locale.ROOT);
    if (lower.startsWith("0x")) {
      return new BigInteger(lower.substring(2), 16);
    }
    if (lower.startsWith("0b")) {
      return new BigInteger(lower.substring(2), 2);
    }
    if (lower.startsWith("0o")) {
      return new BigInteger(lower.substring(2), 8);
    }
    boolean isOctal = lower.length() > 1 && lower.startsWith("0");
    return isOctal ? new BigInteger(lower, 8) : new BigInteger(lower);
  }

  private static JsonNode of(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : DoubleNode.valueOf(value.doubleValue());
  }

  /** A whole number where it is one: kubectl sends 3.0 as 3. */
  static JsonNode of(double value) {
    return value == Math.rint(value) && Math.abs(value) < WHOLE_UP_TO
        ? LongNode.valueOf((long) value)
        : DoubleNode.valueOf(value);
  }

  /** The key that a scalar without quotes is. */
  static String key(String text, Position at) throws TextFaultException {
    JsonNode value = plain(text, at);
    if (value.isNull()) {
      throw new TextFaultException(at, "a key is empty or null: write a text, or put it in quotes");
    }
    return value.isDouble() ? Float.toString(value.floatValue()) : value.asText();
  }
}
