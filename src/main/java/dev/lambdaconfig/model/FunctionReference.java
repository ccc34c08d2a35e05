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

  private static final int LONGEST = 140;
  private static final int LONGEST_NAME = 64;

  /** Whether a text has the form of a Region's code. */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /**
   * The account that an ARN or a partial ARN names, or null where there is none. Equal accounts are
   * one instance, because each resource keeps that of its function.
   */
  public static @Nullable String accountIn(@Nullable String functionName) {
    if (functionName == null || functionName.indexOf(':') < 0) {
      return null;
    }
    Matcher matcher = FORM.matcher(functionName);
    String account = matcher.matches() ? matcher.group(3) : null;
    return account == null ? null : account.intern();
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
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "functionName is neither a function's name nor an ARN: write my-function,"
              + " 123456789012:function:my-function or"
              + " arn:aws:lambda:eu-west-1:123456789012:function:my-function");
    }
    String qualifier = matcher.group(5);
    if (qualifier != null && !qualifier.equals("$LATEST")) {
      throw new IllegalArgumentException(
          "functionName names a version or an alias, and only $LATEST has a configuration that can"
              + " be changed: remove the colon and what follows the function's name");
    }
    String functionName =
        qualifier == null ? text : text.substring(0, text.length() - qualifier.length() - 1);
    if (functionName.length() > LONGEST_NAME && functionName.equals(matcher.group(4))) {
      throw new IllegalArgumentException(
          "functionName is a name of %d characters, and AWS allows at most %d: correct the name,"
                  .formatted(functionName.length(), LONGEST_NAME)
              + " or write the function's ARN");
    }
    // One instance of the name for all that keep it, and for a resource of the same name.
    return new FunctionReference(
        functionName, matcher.group(4).intern(), matcher.group(2), matcher.group(3));
  }
}
