package dev.lambdaconfig.cli.options;

import java.util.regex.Pattern;

/**
 * The syntax of a Kubernetes label selector. It is checked here because the API server reports a
 * mistake only when the resources are first listed.
 */
final class SelectorSyntax {

  private static final String NAME = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final String KEY =
      "(?:(?=[^/]{1,253}/)" + LABEL + "(?:\\." + LABEL + ")*/)?" + NAME;

  /** The value of a label, which can be empty. */
  private static final String VALUE = "(?:" + NAME + ")?";

  private static final Pattern REQUIREMENT =
      Pattern.compile(
          String.join(
              "|",
              "!?\\s*" + KEY,
              KEY + "\\s*(?:==?|!=)\\s*" + VALUE,
              KEY + "\\s*[<>]\\s*\\d{1,18}",
              KEY + "\\s+(?:in|notin)\\s*\\(\\s*" + VALUE + "(?:\\s*,\\s*" + VALUE + ")*\\s*\\)"));

  /** The comma between requirements, not those within the parentheses of a set. */
  private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

  private SelectorSyntax() {}

  /** Returns whether the text is one requirement, or several separated by commas. */
  static boolean isValid(String selector) {
    return BETWEEN
        .splitAsStream(selector + " ")
        .allMatch(requirement -> REQUIREMENT.matcher(requirement.strip()).matches());
  }
}
