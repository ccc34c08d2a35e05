package dev.lambdaconfig.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The schema of the CRD: every path with its type, limits and rules, in words. */
final class Schema {

  static final Path FILE = Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml");

  /**
   * A property.
   *
   * @param path below {@code spec} or {@code status}; {@code []} stands for the items of a list
   * @param schema its schema
   * @param required whether the object that it is part of must have it
   */
  record Property(String path, JsonNode schema, boolean required) {

    String description() {
      return schema.path("description").asText();
    }

    /** Type and limits, in Markdown. */
    String type() {
      return String.join(", ", words(schema));
    }
  }

  private final JsonNode root;

  private Schema(JsonNode root) {
    this.root = root;
  }

  static Schema read(Path base) throws IOException {
    JsonNode crd = Serialization.unmarshal(Files.readString(base.resolve(FILE)), JsonNode.class);
    return new Schema(crd.at("/spec/versions/0/schema/openAPIV3Schema/properties"));
  }

  /** The names of the properties of {@code spec} or {@code status}. */
  List<String> names(String of) {
    List<String> names = new ArrayList<>();
    root.path(of).path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Every property below {@code spec} or {@code status}. */
  List<Property> properties(String of) {
    List<Property> properties = new ArrayList<>();
    collect("", root.path(of), properties);
    return properties;
  }

  /** What is refused of the object as a whole. */
  List<String> rulesBetweenFields() {
    return rules(root.path("spec"));
  }

  /** What is refused of one property of {@code spec} and what is below it. */
  List<String> rulesOf(String name) {
    List<String> messages = new ArrayList<>();
    properties("spec").stream()
        .filter(property -> property.path().split("[.\\[]", 2)[0].equals(name))
        .forEach(property -> messages.addAll(rules(property.schema())));
    return messages;
  }

  private static List<String> rules(JsonNode schema) {
    List<String> messages = new ArrayList<>();
    schema.path("x-kubernetes-validations").forEach(rule -> messages.add(message(rule)));
    return messages;
  }

  private static String message(JsonNode rule) {
    return rule.has("message")
        ? rule.get("message").asText()
        : "`" + rule.get("rule").asText() + "`";
  }

  private static void collect(String path, JsonNode schema, List<Property> into) {
    JsonNode required = schema.path("required");
    for (var entry : schema.path("properties").properties()) {
      String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      into.add(new Property(name, entry.getValue(), contains(required, entry.getKey())));
      collect(name, entry.getValue(), into);
      collect(name + "[]", entry.getValue().path("items"), into);
    }
  }

  private static boolean contains(JsonNode names, String name) {
    for (JsonNode one : names) {
      if (one.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(JsonNode schema) {
    List<String> words = new ArrayList<>();
    if (schema.has("items")) {
      words.add("list of " + schema.at("/items/type").asText());
    } else if (schema.path("additionalProperties").has("type")) {
      words.add("map of " + schema.at("/additionalProperties/type").asText());
    } else {
      words.add(schema.path("type").asText());
    }
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(value -> values.add("`" + text(value) + "`"));
      words.add("one of " + String.join(" ", values));
    }
    range(words, schema, "minimum", "maximum", "");
    range(words, schema, "minLength", "maxLength", " characters");
    range(words, schema, "minItems", "maxItems", " items");
    range(words, schema, "minProperties", "maxProperties", " entries");
    if (schema.has("pattern")) {
      words.add("matching `" + schema.get("pattern").asText() + "`");
    }
    if ("set".equals(schema.path("x-kubernetes-list-type").asText())) {
      words.add("a set");
    }
    if ("atomic".equals(schema.path("x-kubernetes-map-type").asText())) {
      words.add("[atomic](#server-side-apply)");
    }
    List<String> items = schema.has("items") ? words(schema.get("items")) : List.of();
    if (items.size() > 1) {
      words.add("each: " + String.join(", ", items.subList(1, items.size())));
    }
    return words;
  }

  private static void range(
      List<String> words, JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      words.add(text(schema.get(least)) + " to " + text(schema.get(most)) + unit);
    } else if (schema.has(most)) {
      String bound = text(schema.get(most));
      words.add("at most " + bound + (bound.equals("1") ? unit.replaceFirst("s$", "") : unit));
    } else if (schema.has(least)) {
      words.add("at least " + text(schema.get(least)) + unit);
    }
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }
}
