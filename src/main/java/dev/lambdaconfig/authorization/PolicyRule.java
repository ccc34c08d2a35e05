package dev.lambdaconfig.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a policy: what resources of some namespaces may name. A list that is null restricts
 * nothing; an empty one forbids whatever it is about.
 *
 * @param namespaces the namespaces that the rule is for
 * @param functions functions, by their bare name, however the manifest spells it
 * @param regions AWS Regions of functions
 * @param accounts accounts in the ARNs of functions; a function named without an account is in that
 *     of the operator's identity, which no list restricts
 * @param roles execution roles, by ARN
 * @param kmsKeys KMS keys, by ARN
 * @param layers layer versions, by ARN
 * @param subnets subnets, by ID
 * @param securityGroups security groups, by ID
 */
record PolicyRule(
    List<NamePattern> namespaces,
    @Nullable List<NamePattern> functions,
    @Nullable List<NamePattern> regions,
    @Nullable List<NamePattern> accounts,
    @Nullable List<NamePattern> roles,
    @Nullable List<NamePattern> kmsKeys,
    @Nullable List<NamePattern> layers,
    @Nullable List<NamePattern> subnets,
    @Nullable List<NamePattern> securityGroups) {

  /** Whether the rule is for a namespace. */
  boolean isFor(String namespace) {
    return namespaces.stream().anyMatch(pattern -> pattern.matches(namespace));
  }

  /** The names of a function that are beyond this rule, such as {@code function orders-api}. */
  List<String> beyond(RequestedNames.FunctionName function) {
    List<String> beyond = new ArrayList<>();
    add(beyond, "function", List.of(function.name()), functions);
    add(beyond, "Region", List.of(function.region()), regions);
    add(beyond, "account", Stream.ofNullable(function.account()).toList(), accounts);
    return beyond;
  }

  /** All names beyond this rule, such as {@code role arn:...}; empty if it allows the whole. */
  List<String> beyond(RequestedNames requested) {
    List<String> beyond = beyond(requested.function());
    add(beyond, "role", requested.roles(), roles);
    add(beyond, "KMS key", requested.kmsKeys(), kmsKeys);
    add(beyond, "layer", requested.layers(), layers);
    add(beyond, "subnet", requested.subnets(), subnets);
    add(beyond, "security group", requested.securityGroups(), securityGroups);
    return beyond;
  }

  private static void add(
      List<String> beyond, String kind, List<String> names, @Nullable List<NamePattern> allowed) {
    if (allowed == null) {
      return;
    }
    for (String name : names) {
      if (allowed.stream().noneMatch(pattern -> pattern.matches(name))) {
        beyond.add(kind + " " + name);
      }
    }
  }
}
