package dev.lambdaconfig.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The policies of files, as IAM evaluates them: an explicit denial counts more than whatever is
 * allowed, and what nothing allows is denied. Of conditions it knows {@code StringEquals} and
 * {@code StringLike}.
 */
final class IamPolicy {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One action of a statement.
   *
   * @param conditions the patterns that keys of the request must match
   */
  record Allowance(
      boolean allows, String action, List<String> resources, Map<String, Pattern> conditions) {

    boolean isFor(IamAction request) {
      return matches(action, request.action(), Pattern.CASE_INSENSITIVE)
          && resources.stream().anyMatch(resource -> matches(resource, request.resource(), 0))
          && conditions.entrySet().stream()
              .allMatch(
                  condition -> {
                    String value = request.context().get(condition.getKey());
                    return value != null && condition.getValue().matcher(value).matches();
                  });
    }

    private static boolean matches(String pattern, String text, int flags) {
      return wildcard(pattern, flags).matcher(text).matches();
    }
  }

  private final List<Allowance> allowances;

  private IamPolicy(List<Allowance> allowances) {
    this.allowances = List.copyOf(allowances);
  }

  /** The policies of some files together, as all attached to one role. */
  static IamPolicy of(Path... files) throws IOException {
    List<Allowance> allowances = new ArrayList<>();
    for (Path file : files) {
      for (JsonNode statement : JSON.readTree(file.toFile()).path("Statement")) {
        for (String action : texts(statement.path("Action"))) {
          allowances.add(
              new Allowance(
                  statement.path("Effect").asText().equals("Allow"),
                  action,
                  texts(statement.path("Resource")),
                  conditions(statement.path("Condition"))));
        }
      }
    }
    return new IamPolicy(allowances);
  }

  List<Allowance> allowances() {
    return allowances;
  }

  boolean allows(IamAction request) {
    return allowances.stream().anyMatch(each -> each.allows() && each.isFor(request))
        && allowances.stream().noneMatch(each -> !each.allows() && each.isFor(request));
  }

  private static Map<String, Pattern> conditions(JsonNode condition) {
    Map<String, Pattern> conditions = new TreeMap<>();
    condition
        .properties()
        .forEach(
            operator ->
                operator
                    .getValue()
                    .properties()
                    .forEach(
                        key ->
                            conditions.put(
                                key.getKey(),
                                pattern(operator.getKey(), key.getValue().asText()))));
    return conditions;
  }

  private static Pattern pattern(String operator, String value) {
    return switch (operator) {
      case "StringEquals" -> Pattern.compile(Pattern.quote(value));
      case "StringLike" -> wildcard(value, 0);
      default -> throw new IllegalArgumentException("not known here: " + operator);
    };
  }

  private static Pattern wildcard(String pattern, int flags) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.compile(regex, flags);
  }

  private static List<String> texts(JsonNode oneOrMany) {
    if (oneOrMany.isTextual()) {
      return List.of(oneOrMany.asText());
    }
    List<String> texts = new ArrayList<>();
    oneOrMany.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
