package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a function as an answer has it, whatever its qualifier.
 *
 * @param text the ARN as AWS writes it, with the Region in lower case
 */
record FunctionArn(String text, String region, String account, String name) {

  private static final String NAME = "([a-zA-Z0-9-_.]{1,140})";

  private static final Pattern FORM =
      Pattern.compile(
          "arn:[a-zA-Z-]+:lambda:([a-zA-Z0-9-]{1,40}):([0-9]{12}):function:"
              + NAME
              + "(?::[a-zA-Z0-9-_$.]{1,140})?");

  /** The partial forms of a FunctionName, besides whole ARNs (docs/aws.md#function-name). */
  private static final Pattern PARTIAL =
      Pattern.compile(
          "(?:((?i:(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-[0-9])):)?(?:([0-9]{12}):)?"
              + "(?:function:)?"
              + NAME
              + "(?::\\$LATEST)?");

  /** The length up to which a whole ARN is within the bounds of the expression. */
  private static final int SHORT = 140;

  private static final int LONGEST_REGION = 40;

  /**
   * Returns the ARN, or null where a text is none. That of most functions is read without the
   * expression, because each entry of a list has one.
   */
  static @Nullable FunctionArn parse(String text) {
    if (text.indexOf(':') < 0) {
      return null;
    }
    FunctionReference whole = text.length() <= SHORT ? FunctionReference.ofWholeArn(text) : null;
    if (whole != null
        && whole.region() != null
        && whole.account() != null
        && whole.region().length() <= LONGEST_REGION) {
      return new FunctionArn(text, whole.region(), whole.account(), whole.name());
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String region = matcher.group(1).toLowerCase(Locale.ROOT);
    return new FunctionArn(
        text.substring(0, matcher.start(1)) + region + text.substring(matcher.end(1)),
        region,
        matcher.group(2),
        matcher.group(3));
  }

  /**
   * Whether a FunctionName, which can be an ARN or a part of one, means a function.
   *
   * @param account the account of the function, or null where any is meant
   */
  static boolean isMeant(String text, String region, @Nullable String account, String name) {
    if (text.indexOf(':') < 0) {
      return text.equals(name);
    }
    FunctionArn whole = parse(text);
    if (whole != null) {
      return whole.name.equals(name)
          && whole.region.equals(region)
          && (account == null || account.equals(whole.account));
    }
    Matcher parts = PARTIAL.matcher(text);
    return parts.matches()
        && parts.group(3).equals(name)
        && (parts.group(1) == null || parts.group(1).equalsIgnoreCase(region))
        && (parts.group(2) == null || account == null || account.equals(parts.group(2)));
  }

  /**
   * Whether this can be the function that a call is about: a bare name means a function of the
   * caller's account, whichever that is (docs/aws.md#function-name).
   */
  boolean isOf(Target target) {
    String named = FunctionReference.accountIn(target.functionName());
    return region.equals(target.region())
        && name.equals(target.key().name())
        && (named == null || named.equals(account));
  }
}
