package dev.lambdaconfig.cli.plan.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A check by a JSON Schema, of the few keywords that the schemas of this repository use. */
public final class SchemaCheck {

  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "const",
          "minimum",
          "pattern",
          "if",
          "then",
          "else");

  private final JsonNode root;

  private SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** The check by the schema in a file. */
  public static SchemaCheck of(Path file) throws IOException {
    return new SchemaCheck(new ObjectMapper().readTree(file.toFile()));
  }

  /** What is wrong with a document, each with its place. */
  public List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    check(root, document, "", problems);
    return problems;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KNOWN.contains(keyword)) {
                throw new IllegalArgumentException("a keyword that is not checked: " + keyword);
              }
            });
    if (schema.has("$ref")) {
      check(root.at(schema.get("$ref").asText().substring(1)), value, at, problems);
    }
    if (schema.has("type") && !isOfType(schema.get("type"), value)) {
      problems.add(at + ": is not of type " + schema.get("type"));
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      problems.add(at + ": is not " + schema.get("const"));
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      problems.add(at + ": is none of " + schema.get("enum"));
    }
    if (schema.has("minimum")
        && value.isNumber()
        && value.asDouble() < schema.get("minimum").asDouble()) {
      problems.add(at + ": is below " + schema.get("minimum"));
    }
    if (schema.has("pattern")
        && value.isTextual()
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value.asText()).find()) {
      problems.add(at + ": does not match " + schema.get("pattern"));
    }
    checkMembers(schema, value, at, problems);
    if (schema.has("items") && value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), at + "/" + i, problems);
      }
    }
    if (schema.has("if")) {
      List<String> unmet = new ArrayList<>();
      check(schema.get("if"), value, at, unmet);
      String branch = unmet.isEmpty() ? "then" : "else";
      if (schema.has(branch)) {
        check(schema.get(branch), value, at, problems);
      }
    }
  }

  private void checkMembers(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (!value.isObject()) {
      return;
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                problems.add(at + ": " + name.asText() + " is missing");
              }
            });
    value
        .properties()
        .forEach(
            member -> {
              String there = at + "/" + member.getKey();
              JsonNode own = schema.path("properties").get(member.getKey());
              JsonNode others = schema.path("additionalProperties");
              if (own != null) {
                check(own, member.getValue(), there, problems);
              } else if (others.isObject()) {
                check(others, member.getValue(), there, problems);
              } else if (others.isBoolean() && !others.asBoolean()) {
                problems.add(there + ": is not known");
              }
            });
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (isOfType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("an unknown type: " + type);
    };
  }
}
