package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares answers with recorded ones in which names and revisions were replaced by placeholders.
 * Within one recorded test, the same placeholder stands for the same value, and different revisions
 * for different values.
 */
final class AnswerComparison {

  private static final Pattern PLACEHOLDER = Pattern.compile("<([^<>]+)>");
  private static final Pattern REPETITION = Pattern.compile("<(\\d+) x '(.)'>");

  /** Members that the recordings lack because they differ with each run. */
  private static final Set<String> NOT_RECORDED = Set.of("CodeSize", "CodeSha256", "LastModified");

  private final Map<String, String> bound = new LinkedHashMap<>();

  void bind(String placeholder, String value) {
    bound.put(placeholder, value);
  }

  /** Fills the placeholders of a recorded request, so that it can be sent. */
  JsonNode filledIn(JsonNode recorded) {
    if (recorded instanceof ObjectNode object) {
      ObjectNode filled = Json.object();
      object
          .properties()
          .forEach(member -> filled.set(member.getKey(), filledIn(member.getValue())));
      return filled;
    }
    if (recorded instanceof ArrayNode array) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> filled.add(filledIn(item)));
      return filled;
    }
    if (!recorded.isTextual()) {
      return recorded;
    }
    String text = repeated(recorded.asText());
    return Json.valueOf(
        PLACEHOLDER
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(bound.getOrDefault(found.group(1), found.group()))));
  }

  /** Compares the recorded members; the answer may have others. */
  void compareMembers(JsonNode recorded, JsonNode actual, List<String> differences) {
    recorded
        .properties()
        .forEach(
            member ->
                compareMember(
                    member.getKey(), member.getValue(), actual.path(member.getKey()), differences));
  }

  private void compareMember(
      String at, JsonNode recorded, JsonNode actual, List<String> differences) {
    if (recorded.isTextual() && recorded.asText().equals("<absent>")) {
      if (!actual.isMissingNode()) {
        differences.add(at + " should be absent, is " + actual);
      }
    } else if (recorded.isTextual() && actual.isTextual()) {
      compareText(at, recorded.asText(), actual.asText(), differences);
    } else if (recorded.isObject() && actual.isObject()) {
      compareMembers(recorded, actual, differences);
      actual
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!recorded.has(name) && !NOT_RECORDED.contains(name)) {
                  differences.add(at + "." + name + " is too much");
                }
              });
    } else if (recorded.isArray() && actual.isArray() && recorded.size() == actual.size()) {
      for (int index = 0; index < recorded.size(); index++) {
        compareMember(at + "[" + index + "]", recorded.get(index), actual.get(index), differences);
      }
    } else if (!recorded.equals(actual)) {
      differences.add(at + " should be " + recorded + ", is " + actual);
    }
  }

  void compareText(String at, String recorded, String actual, List<String> differences) {
    String template = repeated(recorded);
    List<String> unbound = new ArrayList<>();
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int end = 0;
    while (placeholder.find()) {
      regex.append(Pattern.quote(template.substring(end, placeholder.start())));
      String name = placeholder.group(1);
      String value = bound.get(name);
      int earlier = unbound.indexOf(name);
      if (value != null) {
        regex.append(Pattern.quote(value));
      } else if (earlier >= 0) {
        regex.append("\\").append(earlier + 1);
      } else {
        unbound.add(name);
        regex.append("(.+?)");
      }
      end = placeholder.end();
    }
    regex.append(Pattern.quote(template.substring(end)));
    Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(actual);
    if (!matcher.matches()) {
      differences.add(at + " should be " + filledIn(Json.valueOf(recorded)) + ", is " + actual);
      return;
    }
    for (int index = 0; index < unbound.size(); index++) {
      learn(at, unbound.get(index), matcher.group(index + 1), differences);
    }
  }

  private void learn(String at, String name, String value, List<String> differences) {
    boolean revision = name.startsWith("uuid:");
    bound.forEach(
        (other, known) -> {
          if (revision && other.startsWith("uuid:") && known.equals(value)) {
            differences.add(at + " should have moved on from <" + other + ">");
          }
        });
    bound.put(name, value);
  }

  private static String repeated(String text) {
    return REPETITION
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
  }
}
