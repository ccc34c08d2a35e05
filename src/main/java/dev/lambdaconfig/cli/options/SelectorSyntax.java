package dev.lambdaconfig.cli.options;

import java.util.regex.Pattern;

/**
 * The syntax of a Kubernetes label selector. Looked at here because the API server tells a mistake
 * only when the resources are first listed, and as a failure of the start.
 */
final class SelectorSyntax {

  private static final String NAME = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final String KEY =
      "(?:(?=[^/]{1,253}/)" + LABEL + "(?:\\." + LABEL + ")*/)?" + NAME;

  /** May be empty, as the value of a label may. */
  private static final String VALUE = "(?:" + NAME + ")?";

  private static final Pattern REQUIREMENT =
      Pattern.compile(
          String.join(
              "|",
              "!?\\s*" + KEY,
              KEY + "\\s*(?:==?|!=)\\s*" + VALUE,
              KEY + "\\s*[<>]\\s*\\d{1,18}",
              KEY + "\\s+(?:in|notin)\\s*\\(\\s*" + VALUE + "(?:\\s*,\\s*" + VALUE + ")*\\s*\\)"));

  /** A comma, but for those between the parentheses of a set. */
  private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

  private SelectorSyntax() {}

  /** Whether it is one requirement, or several separated by commas. */
  static boolean isValid(String selector) {
    return BETWEEN
        .splitAsStream(selector + " ")
        .allMatch(requirement -> REQUIREMENT.matcher(requirement.strip()).matches());
  }
}
