package dev.lambdaconfig.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a caller names it: a name, a partial ARN or a full ARN (docs/aws.md#function-name).
 */
record FunctionReference(
    @Nullable String region, @Nullable String account, String name, @Nullable String qualifier) {

  private static final Pattern PATTERN =
      Pattern.compile(
          "(arn:(aws[a-zA-Z-]*)?:lambda:)?"
              + "((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?"
              + "(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
  private static final int REGION = 3;
  private static final int ACCOUNT = 9;
  private static final int NAME = 11;
  private static final int QUALIFIER = 13;

  static List<String> violations(String written) {
    List<String> violations = new ArrayList<>();
    if (written.length() > 140) {
      violations.add(violation(written, "Member must have length less than or equal to 140"));
    }
    if (!PATTERN.matcher(written).matches()) {
      violations.add(
          violation(
              written, "Member must satisfy regular expression pattern: " + PATTERN.pattern()));
    }
    return violations;
  }

  static String violation(String written, String constraint) {
    return "Value '" + written + "' at 'functionName' failed to satisfy constraint: " + constraint;
  }

  static FunctionReference parse(String written) {
    Matcher matcher = PATTERN.matcher(written);
    if (!matcher.matches()) {
      throw ApiError.validation(violations(written));
    }
    return new FunctionReference(
        withoutColon(matcher.group(REGION)),
        withoutColon(matcher.group(ACCOUNT)),
        matcher.group(NAME),
        matcher.group(QUALIFIER));
  }

  /**
   * Refuses a reference to another account or Region, as AWS does before it looks whether the
   * function exists.
   */
  FunctionReference reachableFrom(AccountRegion caller) {
    if (region != null && !region.equals(caller.region())) {
      throw ApiError.notFound(
          "Functions from '"
              + region
              + "' are not reachable in this region ('"
              + caller.region()
              + "')");
    }
    if (account != null && !account.equals(caller.account())) {
      throw new ApiError(403, "AccessDeniedException", null);
    }
    return this;
  }

  FunctionReference qualifiedBy(@Nullable String parameter) {
    if (parameter == null || parameter.isEmpty()) {
      return this;
    }
    if (qualifier != null && !qualifier.equals(parameter)) {
      throw ApiError.invalidParameter(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionReference(region, account, name, parameter);
  }

  private static @Nullable String withoutColon(@Nullable String group) {
    return group == null ? null : group.substring(0, group.length() - 1);
  }
}
