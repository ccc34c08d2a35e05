package dev.lambdaconfig.deploy;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Objects;

/** The rights of RBAC rules, one by one, such as {@code coordination.k8s.io/leases[name] get}. */
final class GrantedRights {

  private GrantedRights() {}

  static List<String> of(List<PolicyRule> rules) {
    return rules.stream()
        .flatMap(
            rule ->
                rule.getVerbs().stream()
                    .flatMap(
                        verb ->
                            rule.getResources().stream()
                                .map(resource -> right(rule, resource, verb))))
        .toList();
  }

  private static String right(PolicyRule rule, String resource, String verb) {
    List<String> names = Objects.requireNonNullElse(rule.getResourceNames(), List.of());
    return String.join(",", rule.getApiGroups())
        + "/"
        + resource
        + (names.isEmpty() ? "" : names)
        + " "
        + verb;
  }
}
