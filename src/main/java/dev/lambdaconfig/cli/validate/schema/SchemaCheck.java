package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import dev.lambdaconfig.text.WholeText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks types, bounds and enumerations, and that sets and maps in lists have no item twice. */
final class SchemaCheck {

  private static final int LONGEST_VALUE = 200;

  private final FieldErrors errors = new FieldErrors();

  private SchemaCheck() {}

  /** The errors of a value without the nulls that the API server removes. */
  static List<FieldError> of(String path, JsonNode value, Schema schema) {
    SchemaCheck check = new SchemaCheck();
    check.value(path, value, schema);
    check.lists(path, value, schema);
    return check.errors.all();
  }

  private void value(String path, JsonNode value, Schema schema) {
    type(path, value, schema);
    Schema.Limits limits = schema.limits();
    if (value.isTextual()) {
      length(path, value.textValue(), limits);
    } else if (value.isNumber()) {
      bounds(path, value, limits);
    } else if (value.isArray()) {
      items(path, value, schema);
    }
    if (!limits.allowed().isEmpty()
        && !(value.isTextual() && limits.allowed().contains(value.textValue()))) {
      errors.add(
          FieldError.of(
              path,
              CauseType.NOT_SUPPORTED,
              printed(value),
              "supported values: "
                  + limits.allowed().stream()
                      .map(SchemaCheck::quoted)
                      .collect(Collectors.joining(", "))));
    }
    if (value.isObject()) {
      members(path, value, schema);
    }
  }

  private void type(String path, JsonNode value, Schema schema) {
    String expected = schema.type();
    String actual = typeOf(value);
    boolean fits =
        expected.isEmpty()
            || expected.equals(actual)
            || (expected.equals("number") && actual.equals("integer"));
    if (!fits) {
      errors.add(
          FieldError.of(
              path,
              CauseType.TYPE_INVALID,
              quoted(actual),
              "%s in body must be of type %s: %s%s"
                  .formatted(path, expected, quoted(actual), hint(expected, value))));
    }
  }

  /** A hint that the API server does not give: YAML reads {@code no} and {@code 5} as no text. */
  private static String hint(String expected, JsonNode value) {
    return expected.equals("string") && (value.isBoolean() || value.isNumber())
        ? " (write it in quotes)"
        : "";
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "null";
    };
  }

  private void length(String path, String text, Schema.Limits limits) {
    int most = limits.maxLength();
    if (most >= 0 && text.codePointCount(0, text.length()) > most) {
      errors.add(
          FieldError.of(
              path,
              CauseType.TOO_LONG,
              "may not be more than %d %s".formatted(most, most == 1 ? "byte" : "bytes")));
    }
  }

  private void bounds(String path, JsonNode value, Schema.Limits limits) {
    double number = value.doubleValue();
    Double maximum = limits.maximum();
    Double minimum = limits.minimum();
    if (maximum != null && number > maximum) {
      bound(path, value, "less", maximum);
    }
    if (minimum != null && number < minimum) {
      bound(path, value, "greater", minimum);
    }
  }

  private void bound(String path, JsonNode value, String than, double bound) {
    errors.add(
        FieldError.of(
            path,
            CauseType.INVALID,
            value.asText(),
            "%s in body should be %s than or equal to %s".formatted(path, than, (long) bound)));
  }

  private void items(String path, JsonNode list, Schema schema) {
    Schema item = schema.item();
    for (int i = 0; item != null && i < list.size(); i++) {
      value(path + "[" + i + "]", list.get(i), item);
    }
    most(path, list.size(), schema.limits().maxItems());
  }

  private void most(String path, int actual, int most) {
    if (most >= 0 && actual > most) {
      errors.add(
          FieldError.of(
              path,
              CauseType.TOO_MANY,
              Integer.toString(actual),
              "must have at most %d %s".formatted(most, most == 1 ? "item" : "items")));
    }
  }

  private void members(String path, JsonNode map, Schema schema) {
    most(path, map.size(), schema.limits().maxProperties());
    map.properties()
        .forEach(
            member -> {
              Schema field = schema.field(member.getKey());
              if (field != null) {
                value(below(path, member.getKey()), member.getValue(), field);
              }
            });
    for (String name : schema.limits().required()) {
      if (!map.has(name)) {
        errors.add(FieldError.of(below(path, name), CauseType.REQUIRED, ""));
      }
    }
  }

  /** Checks the lists that are sets and maps, also those of which something else is wrong. */
  private void lists(String path, JsonNode value, Schema schema) {
    Schema item = schema.item();
    if (value.isArray()) {
      unique(path, value, schema.listType());
      for (int i = 0; item != null && i < value.size(); i++) {
        lists(path + "[" + i + "]", value.get(i), item);
      }
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              member -> {
                Schema field = schema.field(member.getKey());
                if (field != null) {
                  lists(below(path, member.getKey()), member.getValue(), field);
                }
              });
    }
  }

  private void unique(String path, JsonNode list, Schema.ListType type) {
    if (!type.isSet() && type.keys().isEmpty()) {
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    Set<JsonNode> reported = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = type.isSet() ? list.get(i) : key(list.get(i), type.keys());
      if (!seen.add(item) && reported.add(item)) {
        errors.add(
            FieldError.of(path + "[" + i + "]", CauseType.DUPLICATE, printed(list.get(i)), ""));
      }
    }
  }

  private static JsonNode key(JsonNode item, List<String> keys) {
    return item instanceof ObjectNode map ? map.deepCopy().retain(keys) : item;
  }

  static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String printed(JsonNode value) {
    return WholeText.shortened(value.toString(), LONGEST_VALUE);
  }

  static String quoted(String text) {
    return WholeText.shortened(TextNode.valueOf(text).toString(), LONGEST_VALUE);
  }
}
