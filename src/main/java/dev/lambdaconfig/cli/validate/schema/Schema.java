package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a value: one node of a CRD's OpenAPI schema.
 *
 * @param type the type, or "" for any
 * @param fields the schemas of the members that an object can have
 * @param additional the schema of all other members, or null if there can be none
 * @param item the schema of the items of a list, or null
 * @param open whether members without a schema are kept
 */
record Schema(
    String type,
    Map<String, Schema> fields,
    @Nullable Schema additional,
    @Nullable Schema item,
    boolean open,
    Limits limits,
    ListType listType,
    List<Rule> rules) {

  /** The schema of any value, with whatever is in it. */
  static final Schema ANY = unlimited(true);

  /** The schema of a value that has no schema: the API server keeps no member of it. */
  static final Schema NONE = unlimited(false);

  /** Keywords that refuse nothing. Only the status has a default, and a new resource has none. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("description", "x-kubernetes-map-type", "default");

  private static final Set<String> READ =
      Set.of(
          "type",
          "properties",
          "additionalProperties",
          "items",
          "required",
          "enum",
          "maximum",
          "minimum",
          "maxLength",
          "maxItems",
          "maxProperties",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-validations");

  /**
   * The limits of a value; negative and null ones limit nothing.
   *
   * @param required the members that an object must have
   * @param allowed the texts that are allowed, or none if all are
   */
  record Limits(
      List<String> required,
      List<String> allowed,
      @Nullable Double minimum,
      @Nullable Double maximum,
      int maxLength,
      int maxItems,
      int maxProperties) {}

  /**
   * The members in which the items of a list have to differ.
   *
   * @param isSet whether no two may be equal
   * @param keys the members that no two may have in common, if the list is a map
   */
  record ListType(boolean isSet, List<String> keys) {}

  /**
   * A rule in CEL.
   *
   * @param fieldPath the field that it is about, below its own, or ""
   */
  record Rule(String expression, String message, String fieldPath, FieldError.CauseType reason) {

    /** Whether it compares with an earlier version, of which a new resource has none. */
    boolean isTransition() {
      return expression.contains("oldSelf");
    }
  }

  /**
   * Reads a node and all below it.
   *
   * @throws IllegalArgumentException if it says anything that is not read here, and would not be
   *     checked
   */
  static Schema of(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!READ.contains(name) && !WITHOUT_EFFECT.contains(name)) {
                throw new IllegalArgumentException("the schema has an unknown keyword: " + name);
              }
            });
    Map<String, Schema> fields = new LinkedHashMap<>();
    node.path("properties").properties().forEach(e -> fields.put(e.getKey(), of(e.getValue())));
    JsonNode additional = node.path("additionalProperties");
    JsonNode items = node.path("items");
    String listType = node.path("x-kubernetes-list-type").asText();
    List<Rule> rules = new ArrayList<>();
    node.path("x-kubernetes-validations").forEach(rule -> rules.add(rule(rule)));
    return new Schema(
        node.path("type").asText(""),
        fields,
        additional.isObject() ? of(additional) : null,
        items.isObject() ? of(items) : null,
        node.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
        limits(node),
        new ListType(listType.equals("set"), texts(node.path("x-kubernetes-list-map-keys"))),
        rules);
  }

  private static Limits limits(JsonNode node) {
    return new Limits(
        texts(node.path("required")),
        texts(node.path("enum")),
        node.has("minimum") ? node.path("minimum").doubleValue() : null,
        node.has("maximum") ? node.path("maximum").doubleValue() : null,
        node.path("maxLength").asInt(-1),
        node.path("maxItems").asInt(-1),
        node.path("maxProperties").asInt(-1));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Rule rule(JsonNode rule) {
    String reason = rule.path("reason").asText("FieldValueInvalid");
    for (FieldError.CauseType each : FieldError.CauseType.values()) {
      if (each.code().equals(reason)) {
        return new Rule(
            rule.path("rule").asText(),
            rule.path("message").asText(),
            rule.path("fieldPath").asText(""),
            each);
      }
    }
    throw new IllegalArgumentException("the schema has an unknown reason: " + reason);
  }

  private static Schema unlimited(boolean open) {
    return new Schema(
        "",
        Map.of(),
        null,
        null,
        open,
        new Limits(List.of(), List.of(), null, null, -1, -1, -1),
        new ListType(false, List.of()),
        List.of());
  }

  /** The same schema with these members instead. */
  Schema with(Map<String, Schema> members) {
    return new Schema(type, members, additional, item, open, limits, listType, rules);
  }

  /** The schema of a member of an object, or null if it has none. */
  @Nullable Schema field(String name) {
    Schema field = fields.get(name);
    return field == null ? additional : field;
  }
}
