package dev.lambdaconfig.authorization;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names that resources may use, by namespace. A resource is allowed if one rule for its
 * namespace allows all that it names; a namespace without a rule is allowed nothing.
 */
public final class Policy {

  /** The policy of an operator without a policy file: every resource may name anything. */
  public static final Policy ALLOW_ALL = new Policy(null, List.of());

  /** Names that a message lists: it has to fit into a condition. */
  private static final int LISTED = 5;

  private final @Nullable List<PolicyRule> rules;
  private final List<AssignedRole> roles;

  private Policy(@Nullable List<PolicyRule> rules, List<AssignedRole> roles) {
    this.rules = rules;
    this.roles = roles;
  }

  /**
   * Reads a policy from YAML or JSON.
   *
   * @throws PolicyException with every problem of the text, and what to write instead
   */
  public static Policy parse(String text) throws PolicyException {
    return PolicyReader.read(text);
  }

  static Policy of(@Nullable List<PolicyRule> rules, List<AssignedRole> roles) {
    return new Policy(rules == null ? null : List.copyOf(rules), List.copyOf(roles));
  }

  /**
   * The entries that assign a role to the resources of a namespace. Only a single one counts: of
   * several, which come first would decide whose rights are used.
   */
  public List<AssignedRole> rolesOf(String namespace) {
    return roles.isEmpty() ? roles : roles.stream().filter(role -> role.isFor(namespace)).toList();
  }

  /** Whether there are no rules, so that what resources name need not be looked at. */
  public boolean isUnrestricted() {
    return rules == null;
  }

  /** The number of rules. */
  public int size() {
    return rules == null ? 0 : rules.size();
  }

  /**
   * The reason for which a resource is forbidden, with what to do, or null if it is allowed.
   *
   * @param spec a valid spec
   * @param target its function
   */
  public @Nullable String refusal(String namespace, LambdaFunctionConfigSpec spec, Target target) {
    if (rules == null) {
      return null;
    }
    return refusal(namespace, RequestedNames.of(spec, target));
  }

  /** The reason for which a resource may not name its function, or null if it may. */
  public @Nullable String refusal(String namespace, Target target) {
    if (rules == null) {
      return null;
    }
    RequestedNames.FunctionName function = RequestedNames.FunctionName.of(target);
    return refusal(namespace, rule -> rule.beyond(function));
  }

  /**
   * The fields that a namespace may not have restored. Whoever may write a status can have made the
   * baseline, so the values that a restore sets need what those of a spec need. One rule allows all
   * that is left; the parts of one block are restored together or not at all.
   *
   * @param fields what a restore sets, by path; entries of other writers, which stay as they are,
   *     are none of it
   */
  public WithheldFields withheld(String namespace, Target target, Map<String, Value> fields) {
    String refusal = rules == null ? null : refusal(namespace, RequestedNames.of(fields, target));
    if (refusal == null) {
      return WithheldFields.NONE;
    }
    Map<String, Map<String, Value>> blocks = new LinkedHashMap<>();
    fields.forEach(
        (path, value) ->
            blocks
                .computeIfAbsent(path.split("\\.", 2)[0], block -> new LinkedHashMap<>())
                .put(path, value));
    Map<String, Value> allowed = new LinkedHashMap<>();
    List<String> withheld = new ArrayList<>();
    for (Map<String, Value> block : blocks.values()) {
      Map<String, Value> more = new LinkedHashMap<>(allowed);
      more.putAll(block);
      if (refusal(namespace, RequestedNames.of(more, target)) == null) {
        allowed = more;
      } else {
        withheld.addAll(block.keySet());
      }
    }
    return new WithheldFields(withheld, refusal);
  }

  private @Nullable String refusal(String namespace, RequestedNames requested) {
    return refusal(namespace, rule -> rule.beyond(requested));
  }

  private @Nullable String refusal(String namespace, Function<PolicyRule, List<String>> beyond) {
    List<PolicyRule> own =
        rules == null ? List.of() : rules.stream().filter(rule -> rule.isFor(namespace)).toList();
    if (own.isEmpty()) {
      return "the operator's policy has no rule for namespace "
          + namespace
          + ": ask its administrators to add one, or delete this resource";
    }
    // Of several rules, the one that needs the least says best what is missing.
    List<String> missing =
        own.stream().map(beyond).min(Comparator.comparingInt(List::size)).orElseThrow();
    if (missing.isEmpty()) {
      return null;
    }
    return "the operator's policy does not let namespace "
        + namespace
        + " name "
        + listed(missing)
        + ": name another, or ask its administrators to add it to a rule for this namespace";
  }

  private static String listed(List<String> missing) {
    String listed = String.join(", ", missing.subList(0, Math.min(LISTED, missing.size())));
    int more = missing.size() - LISTED;
    return more <= 0 ? listed : listed + " and " + more + " more";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policy that
        && Objects.equals(rules, that.rules)
        && roles.equals(that.roles);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rules, roles);
  }

  /** Its sizes only. */
  @Override
  public String toString() {
    return "Policy[" + size() + " rules, " + roles.size() + " identities]";
  }
}
