package dev.lambdaconfig.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lambdaconfig.model.FunctionReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy from YAML or JSON, strictly: whatever the file says beyond what is known is a
 * problem, because a misspelt list would restrict nothing. All problems are reported together.
 */
final class PolicyReader {

  /** The lists that a rule can have, in the order of {@link PolicyRule}. */
  static final List<String> LISTS =
      List.of(
          "namespaces",
          "functions",
          "regions",
          "accounts",
          "roles",
          "kmsKeys",
          "layers",
          "subnets",
          "securityGroups");

  private static final String RULES = "rules";

  /** Far more than any cluster has; a policy is checked for each reconcile. */
  private static final int MOST_RULES = 10_000;

  private static final int MOST_PATTERNS = 1_000;
  private static final int LONGEST_PATTERN = 512;

  private static final Pattern ACCOUNT = Pattern.compile("[0-9*]{1,12}");
  private static final Pattern REGION_PATTERN = Pattern.compile("[a-z0-9*-]+");

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<String> problems = new ArrayList<>();

  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @throws PolicyException with every problem of the text, and what to write instead
   */
  static Policy read(String text) throws PolicyException {
    PolicyReader reader = new PolicyReader();
    List<PolicyRule> rules = reader.rules(text);
    if (!reader.problems.isEmpty()) {
      throw new PolicyException(reader.problems);
    }
    return Policy.of(rules);
  }

  private List<PolicyRule> rules(String text) {
    JsonNode document;
    try {
      document = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      problems.add("it is not YAML: " + e.getOriginalMessage());
      return List.of();
    }
    if (!document.isObject() || !document.path(RULES).isArray()) {
      problems.add(
          "it has no list of rules: write rules: [], or rules: [{namespaces: [team-a], functions:"
              + " [\"orders-*\"]}]");
      return List.of();
    }
    document
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals(RULES)) {
                problems.add(name + " is unknown: the file has rules and nothing else");
              }
            });
    JsonNode items = document.path(RULES);
    if (items.size() > MOST_RULES) {
      problems.add(
          "it has %d rules, and at most %d are allowed".formatted(items.size(), MOST_RULES));
      return List.of();
    }
    List<PolicyRule> rules = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      PolicyRule rule = rule(items.get(i), "rules[" + i + "]");
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private @Nullable PolicyRule rule(JsonNode item, String path) {
    if (!item.isObject()) {
      problems.add(
          path + " must be a map, such as {namespaces: [team-a], functions: [\"orders-*\"]}");
      return null;
    }
    item.fieldNames()
        .forEachRemaining(
            name -> {
              if (!LISTS.contains(name)) {
                problems.add(
                    path + "." + name + " is unknown: a rule has " + String.join(", ", LISTS));
              }
            });
    Map<String, List<NamePattern>> lists = new LinkedHashMap<>();
    for (String name : LISTS) {
      if (item.has(name)) {
        lists.put(name, patterns(item.path(name), name, path + "." + name));
      }
    }
    List<NamePattern> namespaces = lists.get("namespaces");
    if (namespaces == null || namespaces.isEmpty()) {
      problems.add(path + ".namespaces is missing: name the namespaces that the rule is for");
      return null;
    }
    return new PolicyRule(
        namespaces,
        lists.get("functions"),
        lists.get("regions"),
        lists.get("accounts"),
        lists.get("roles"),
        lists.get("kmsKeys"),
        lists.get("layers"),
        lists.get("subnets"),
        lists.get("securityGroups"));
  }

  private List<NamePattern> patterns(JsonNode list, String name, String path) {
    if (!list.isArray()) {
      problems.add(path + " must be a list: remove it to restrict nothing, [] forbids all");
      return List.of();
    }
    if (list.size() > MOST_PATTERNS) {
      problems.add(
          "%s has %d patterns, and at most %d are allowed"
              .formatted(path, list.size(), MOST_PATTERNS));
      return List.of();
    }
    List<NamePattern> patterns = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode pattern = list.get(i);
      String problem =
          pattern.isTextual() ? problem(name, pattern.textValue()) : "must be a string";
      if (problem == null) {
        patterns.add(new NamePattern(pattern.textValue()));
      } else {
        problems.add(path + "[" + i + "] " + problem);
      }
    }
    return List.copyOf(patterns);
  }

  /** What is wrong with a pattern, or null: one that can match no name is a mistake. */
  private static @Nullable String problem(String list, String pattern) {
    if (pattern.isEmpty() || pattern.length() > LONGEST_PATTERN) {
      return "must have 1 to " + LONGEST_PATTERN + " characters";
    }
    return switch (list) {
      case "functions" ->
          pattern.indexOf(':') >= 0
              ? "must be a name, such as orders-*: write the account to accounts, and the Region to"
                  + " regions"
              : null;
      case "regions" ->
          REGION_PATTERN.matcher(pattern).matches()
                  && (pattern.indexOf('*') >= 0 || FunctionReference.isRegion(pattern))
              ? null
              : "must be the code of an AWS Region, such as eu-west-1 or eu-*";
      case "accounts" ->
          ACCOUNT.matcher(pattern).matches()
                  && (pattern.indexOf('*') >= 0 || pattern.length() == 12)
              ? null
              : "must be an account of 12 digits, in quotes";
      case "roles", "kmsKeys", "layers" ->
          pattern.startsWith("arn:") || pattern.startsWith("*")
              ? null
              : "must be the pattern of an ARN, such as arn:aws:iam::123456789012:role/team-a/*";
      default -> null;
    };
  }
}
