package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ARN of a function as an answer has it, whatever its qualifier. */
record FunctionArn(String region, String account, String name) {

  private static final Pattern FORM =
      Pattern.compile(
          "arn:[a-zA-Z-]+:lambda:([a-z0-9-]{1,40}):([0-9]{12}):function:([a-zA-Z0-9-_.]{1,140})"
              + "(?::[a-zA-Z0-9-_$.]{1,140})?");

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
      return new FunctionArn(whole.region(), whole.account(), whole.name());
    }
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new FunctionArn(matcher.group(1), matcher.group(2), matcher.group(3))
        : null;
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
