package dev.lambdaconfig.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a manifest names it (docs/aws.md#function-name).
 *
 * @param functionName the value of FunctionName in a request: the name, partial or full ARN without
 *     qualifier
 * @param name the bare name
 * @param region the Region in the ARN, or null
 * @param account the account in the ARN, or null
 */
public record FunctionReference(
    String functionName, String name, @Nullable String region, @Nullable String account) {

  private static final Pattern FORM =
      Pattern.compile(
          "(arn:(?:aws[a-zA-Z-]*)?:lambda:)?"
              + "(?:((?:eusc-)?[a-z]{2}(?:(?:-gov)|(?:-iso(?:[a-z]?)))?-[a-z]+-\\d):)?"
              + "(?:(\\d{12}):)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\\$LATEST|[a-zA-Z0-9-_]+))?");

  private static final Pattern REGION =
      Pattern.compile("(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d");

  /** The start of a whole ARN in most Regions; others are read by the expression. */
  private static final String ARN = "arn:aws:lambda:";

  private static final String FUNCTION = ":function:";
  private static final int ACCOUNT_DIGITS = 12;

  /** The number of letters before the first hyphen of most Regions. */
  private static final int AREA_LETTERS = 2;

  private static final int LONGEST = 140;
  private static final int LONGEST_NAME = 64;

  /** Whether a text has the form of a Region's code. */
  public static boolean isRegion(String text) {
    return isUsualRegion(text) || REGION.matcher(text).matches();
  }

  /** Whether a text has the form of most Regions' codes, such as eu-west-1. */
  private static boolean isUsualRegion(String text) {
    int last = text.length() - 1;
    return last > AREA_LETTERS + 2
        && text.charAt(AREA_LETTERS) == '-'
        && text.charAt(last - 1) == '-'
        && isLowerCase(text, 0, AREA_LETTERS)
        && isLowerCase(text, AREA_LETTERS + 1, last - 1)
        && isDigits(text, last, last + 1);
  }

  /**
   * The account that an ARN or a partial ARN names, or null where there is none. Equal accounts are
   * one instance, because each resource keeps that of its function.
   */
  public static @Nullable String accountIn(@Nullable String functionName) {
    if (functionName == null || functionName.indexOf(':') < 0) {
      return null;
    }
    Parts parts = parts(functionName);
    return parts == null || parts.account == null ? null : parts.account.intern();
  }

  /** The function of a whole ARN in the partition {@code aws}; null of any other text. */
  public static @Nullable FunctionReference ofWholeArn(String text) {
    Parts parts = wholeArn(text);
    return parts == null
        ? null
        : new FunctionReference(text, parts.name, parts.region, parts.account);
  }

  /**
   * Reads a function's name, partial ARN or full ARN. Only {@code $LATEST} can be changed
   * (docs/aws.md#latest-only).
   *
   * @throws IllegalArgumentException with what to write instead
   */
  public static FunctionReference parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "functionName has %d characters, and AWS allows at most %d: write the function's name"
              .formatted(text.length(), LONGEST));
    }
    Parts parts = parts(text);
    if (parts == null) {
      throw new IllegalArgumentException(
          "functionName is neither a function's name nor an ARN: write my-function,"
              + " 123456789012:function:my-function or"
              + " arn:aws:lambda:eu-west-1:123456789012:function:my-function");
    }
    String qualifier = parts.qualifier;
    if (qualifier != null && !qualifier.equals("$LATEST")) {
      throw new IllegalArgumentException(
          "functionName names a version or an alias, and only $LATEST has a configuration that can"
              + " be changed: remove the colon and what follows the function's name");
    }
    String functionName =
        qualifier == null ? text : text.substring(0, text.length() - qualifier.length() - 1);
    if (functionName.length() > LONGEST_NAME && functionName.equals(parts.name)) {
      throw new IllegalArgumentException(
          "functionName is a name of %d characters, and AWS allows at most %d: correct the name,"
                  .formatted(functionName.length(), LONGEST_NAME)
              + " or write the function's ARN");
    }
    // One instance of the name for all that keep it, and for a resource of the same name.
    return new FunctionReference(functionName, parts.name.intern(), parts.region, parts.account);
  }

  /**
   * The parts of {@link #FORM}, or null where a text does not have it. Names and whole ARNs are
   * read without it: each reconcile and each entry of a list reads one, and the expression takes
   * ten times as long.
   */
  private static @Nullable Parts parts(String text) {
    if (text.indexOf(':') < 0) {
      return isName(text) ? new Parts(text, null, null, null) : null;
    }
    Parts whole = wholeArn(text);
    if (whole != null) {
      return whole;
    }
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new Parts(matcher.group(4), matcher.group(2), matcher.group(3), matcher.group(5))
        : null;
  }

  /** The parts of an ARN with all of them and without a qualifier; null of another text. */
  private static @Nullable Parts wholeArn(String text) {
    if (!text.startsWith(ARN)) {
      return null;
    }
    int account = text.indexOf(':', ARN.length()) + 1;
    int function = account + ACCOUNT_DIGITS;
    int name = function + FUNCTION.length();
    if (account == 0 || !text.startsWith(FUNCTION, function)) {
      return null;
    }
    String region = text.substring(ARN.length(), account - 1);
    Parts parts = new Parts(text.substring(name), region, text.substring(account, function), null);
    return isName(parts.name) && isRegion(region) && isDigits(text, account, function)
        ? parts
        : null;
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isLowerCase(String text, int from, int to) {
    return isWithin(text, from, to, 'a', 'z');
  }

  private static boolean isDigits(String text, int from, int to) {
    return isWithin(text, from, to, '0', '9');
  }

  private static boolean isWithin(String text, int from, int to, char first, char last) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < first || text.charAt(i) > last) {
        return false;
      }
    }
    return true;
  }

  private record Parts(
      String name, @Nullable String region, @Nullable String account, @Nullable String qualifier) {}
}
