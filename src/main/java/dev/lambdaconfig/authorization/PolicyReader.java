package dev.lambdaconfig.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.lambdaconfig.model.FunctionReference;
import java.io.IOException;
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
  private static final String IDENTITIES = "identities";

  /** Far more than any cluster has; a policy is checked for each reconcile. */
  private static final int MOST_RULES = 10_000;

  private static final int MOST_PATTERNS = 1_000;
  private static final int LONGEST_PATTERN = 512;

  private static final Pattern ACCOUNT = Pattern.compile("[0-9*]{1,12}");
  private static final Pattern REGION_PATTERN = Pattern.compile("[a-z0-9*-]+");

  private static final YAMLFactory YAML_FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final ObjectMapper YAML =
      new ObjectMapper(YAML_FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<String> problems = new ArrayList<>();

  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @throws PolicyException with every problem of the text, and what to write instead
   */
  static Policy read(String text) throws PolicyException {
    PolicyReader reader = new PolicyReader();
    Policy policy = reader.policy(text);
    if (!reader.problems.isEmpty()) {
      throw new PolicyException(reader.problems);
    }
    return policy;
  }

  /** The policy of a text; a file that only assigns identities restricts nothing. */
  private Policy policy(String text) {
    JsonNode document;
    try {
      refuseAliases(text);
      document = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      problems.add("it is not YAML: " + e.getOriginalMessage());
      return Policy.ALLOW_ALL;
    }
    boolean hasRules = document.path(RULES).isArray();
    if (!document.isObject() || (!hasRules && (document.has(RULES) || !document.has(IDENTITIES)))) {
      problems.add(
          "it has no list of rules: write rules: [], or rules: [{namespaces: [team-a], functions:"
              + " [\"orders-*\"]}]");
      return Policy.ALLOW_ALL;
    }
    requireKnown(document, List.of(RULES, IDENTITIES), null, "the file has ");
    List<AssignedRole> roles =
        document.has(IDENTITIES) && isBounded(document, IDENTITIES)
            ? new AssignedRoleReader(this).read(document.path(IDENTITIES), IDENTITIES)
            : List.of();
    return Policy.of(hasRules && isBounded(document, RULES) ? rules(document) : null, roles);
  }

  /** Jackson reads an alias as the text of its name, which would be the pattern of other names. */
  private void refuseAliases(String text) throws JsonProcessingException {
    try (YAMLParser parser = YAML_FACTORY.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          problems.add(
              "line "
                  + parser.currentTokenLocation().getLineNr()
                  + " has the alias *"
                  + parser.getText()
                  + ", and aliases are not read: write its value out");
        }
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a text is read without I/O", e);
    }
  }

  private boolean isBounded(JsonNode document, String list) {
    JsonNode items = document.path(list);
    if (!items.isArray()) {
      problems.add(list + " must be a list");
    } else if (items.size() > MOST_RULES) {
      problems.add(
          "it has %d %s, and at most %d are allowed".formatted(items.size(), list, MOST_RULES));
    }
    return items.isArray() && items.size() <= MOST_RULES;
  }

  private List<PolicyRule> rules(JsonNode document) {
    JsonNode items = document.path(RULES);
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
    requireKnown(item, LISTS, path, "a rule has ");
    Map<String, List<NamePattern>> lists = new LinkedHashMap<>();
    for (String name : LISTS) {
      if (item.has(name)) {
        lists.put(name, patterns(item.path(name), name, path + "." + name));
      }
    }
    List<NamePattern> namespaces = named(lists.get("namespaces"), path);
    if (namespaces == null) {
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

  /** The namespaces of an item, or null where it names none. */
  @Nullable List<NamePattern> namespaces(JsonNode item, String path) {
    return named(
        item.has("namespaces")
            ? patterns(item.path("namespaces"), "namespaces", path + ".namespaces")
            : null,
        path);
  }

  private @Nullable List<NamePattern> named(@Nullable List<NamePattern> namespaces, String path) {
    if (namespaces == null || namespaces.isEmpty()) {
      problems.add(path + ".namespaces is missing: name the namespaces that it is for");
      return null;
    }
    return namespaces;
  }

  /** Reports each member of an item that is not known. */
  void requireKnown(JsonNode item, List<String> known, @Nullable String path, String has) {
    item.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    (path == null ? "" : path + ".")
                        + name
                        + " is unknown: "
                        + has
                        + String.join(", ", known));
              }
            });
  }

  /** Reports a problem. */
  void problem(String problem) {
    problems.add(problem);
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

  /** The problem of a pattern, or null: one that can match no name is a mistake. */
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
