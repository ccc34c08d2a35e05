package dev.lambdaconfig.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IAM role: the subjects that its trust policy names, and what its policies allow. */
public final class SimulatedRole {

  /** A statement of a policy, of actions and function names with {@code *}. */
  private record Statement(Pattern action, Pattern function) {}

  /**
   * A statement of the trust policy for the account of the operator.
   *
   * @param externalId the ExternalId that it requires, or null
   * @param namespace the session tag kubernetes-namespace that it requires, or null where the
   *     statement allows no session tags
   */
  private record OperatorTrust(@Nullable String externalId, @Nullable String namespace) {}

  private final String arn;
  private final List<String> subjects = new CopyOnWriteArrayList<>();
  private final List<OperatorTrust> operators = new CopyOnWriteArrayList<>();
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

  /**
   * Trusts the operator's own identity for calls with an ExternalId, with the session tag of a
   * namespace.
   */
  public SimulatedRole trustsOperator(@Nullable String externalId, String namespace) {
    operators.add(new OperatorTrust(externalId, namespace));
    return this;
  }

  /** Trusts the operator's own identity, and allows no session tags. */
  public SimulatedRole trustsOperatorWithoutTags(@Nullable String externalId) {
    operators.add(new OperatorTrust(externalId, null));
    return this;
  }

  /** Trusts nobody from now on; sessions stay. */
  public void trustsNobody() {
    subjects.clear();
    operators.clear();
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

  boolean isTrustingOperator(@Nullable String externalId) {
    return operators.stream()
        .anyMatch(trust -> trust.externalId() == null || trust.externalId().equals(externalId));
  }

  boolean isTaggedBy(String namespace) {
    return operators.stream().anyMatch(trust -> namespace.equals(trust.namespace()));
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
