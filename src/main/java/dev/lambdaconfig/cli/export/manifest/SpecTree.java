package dev.lambdaconfig.cli.export.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.PlainValues;
import dev.lambdaconfig.plan.field.Field;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The spec of a resource as a tree, and as the operator reads it. */
final class SpecTree {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The capital letters that a name of the API begins with, as far as they are one word. */
  private static final Pattern FIRST_WORD = Pattern.compile("^[A-Z]+(?=$|[A-Z][a-z])|^[A-Z]");

  private final ObjectNode tree = JsonNodeFactory.instance.objectNode();

  SpecTree put(String name, String text) {
    tree.put(name, text);
    return this;
  }

  /** Sets a field at its path. */
  SpecTree put(Field field, Value value) {
    ObjectNode parent = tree;
    Iterator<String> path = List.of(field.path().split("\\.", -1)).iterator();
    String name = path.next();
    while (path.hasNext()) {
      parent = parent.withObjectProperty(name);
      name = path.next();
    }
    parent.set(name, JSON.valueToTree(PlainValues.plain(inCamelCase(value))));
    return this;
  }

  /** Sets a top-level member. */
  SpecTree put(String name, JsonNode value) {
    tree.set(name, value);
    return this;
  }

  /** The same value with the names of members as a spec has them. */
  private static Value inCamelCase(Value value) {
    return switch (value) {
      case Structure structure -> {
        Map<String, Value> members = new TreeMap<>();
        structure
            .members()
            .forEach((name, member) -> members.put(camelCase(name), inCamelCase(member)));
        yield Structure.of(members);
      }
      case Value.Items items ->
          new Value.Items(items.items().stream().map(SpecTree::inCamelCase).toList());
      default -> value;
    };
  }

  /** Such as {@code kmsKeyArn} for {@code KMSKeyArn}. */
  static String camelCase(String name) {
    return FIRST_WORD.matcher(name).replaceFirst(word -> word.group().toLowerCase(Locale.ROOT));
  }

  /** The spec as the operator would read it. */
  LambdaFunctionConfigSpec spec() {
    return JSON.convertValue(tree, LambdaFunctionConfigSpec.class);
  }

  /** The spec in the order of the schema. */
  JsonNode ordered() {
    ObjectNode ordered = JSON.valueToTree(spec());
    JsonNode environment = tree.get("environment");
    if (environment != null) {
      // As it was put: the record adds what its methods say about it.
      ordered.set("environment", environment);
    }
    return ordered;
  }

  /** A tree of nested maps, in the order of its members. */
  static JsonNode treeOf(Map<String, ?> members) {
    return JSON.valueToTree(members);
  }
}
