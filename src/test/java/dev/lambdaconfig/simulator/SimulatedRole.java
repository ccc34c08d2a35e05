package dev.lambdaconfig.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** An IAM role: the subjects that its trust policy names, and what its policies allow. */
public final class SimulatedRole {

  /** A statement of a policy, of actions and function names with {@code *}. */
  private record Statement(Pattern action, Pattern function) {}

  private final String arn;
  private final List<String> subjects = new CopyOnWriteArrayList<>();
  private final List<Statement> allowed = new CopyOnWriteArrayList<>();
  private final List<Statement> denied = new CopyOnWriteArrayList<>();

  SimulatedRole(String arn) {
    this.arn = arn;
  }

  public String arn() {
    return arn;
  }

  String account() {
    return arn.split(":", -1)[4];
  }

  /** The name without its path. */
  String name() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** Trusts a subject of any provider of the account. */
  public SimulatedRole trusts(String subject) {
    subjects.add(subject);
    return this;
  }

  /** Trusts a ServiceAccount. */
  public SimulatedRole trusts(String namespace, String serviceAccount) {
    return trusts("system:serviceaccount:" + namespace + ":" + serviceAccount);
  }

  /** Trusts nobody from now on; sessions stay. */
  public void trustsNobody() {
    subjects.clear();
  }

  /** Allows actions, such as {@code lambda:Get*}, on functions, such as {@code orders-*}. */
  public SimulatedRole allows(String action, String function) {
    allowed.add(new Statement(pattern(action), pattern(function)));
    return this;
  }

  /** Denies actions on functions, whatever is allowed. */
  public SimulatedRole denies(String action, String function) {
    denied.add(new Statement(pattern(action), pattern(function)));
    return this;
  }

  /** Removes all that is denied. */
  public void deniesNothing() {
    denied.clear();
  }

  boolean isTrusting(String subject) {
    return subjects.contains(subject);
  }

  boolean isAllowed(String action, String function) {
    return matches(allowed, action, function) && !matches(denied, action, function);
  }

  private static boolean matches(List<Statement> statements, String action, String function) {
    return statements.stream()
        .anyMatch(
            statement ->
                statement.action().matcher(action).matches()
                    && statement.function().matcher(function).matches());
  }

  private static Pattern pattern(String text) {
    return Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E");
  }
}
