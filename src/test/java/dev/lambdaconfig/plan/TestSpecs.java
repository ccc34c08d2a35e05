package dev.lambdaconfig.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Specs, answers and requests as the JSON or YAML that people and AWS write. */
public final class TestSpecs {

  /** What was parsed before: simulated runs read the same few specs thousands of times. */
  private static final Map<String, ObjectNode> TREES = new ConcurrentHashMap<>();

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestSpecs() {}

  /** What a spec wants; flow YAML will do, and functionName may be missing. */
  public static Desired desired(String spec) {
    return Desired.of(spec(spec));
  }

  /** What a spec wants that ignores the drift of some fields, and was never applied. */
  public static Desired ignoring(String fields, String spec) {
    return ignoring(fields, spec, List.of());
  }

  /** What a spec of generation 1 wants, with what a status says of its ignored fields. */
  static Desired ignoring(String fields, String spec, List<IgnoredField> before) {
    return desired(spec)
        .ignoring(
            fields,
            new IgnoredDrift.Past(before, 1, false, path -> false, Map.of(), text -> "of " + text));
  }

  public static Desired desired(JsonNode spec) {
    return desired(spec.toString());
  }

  /** A spec; flow YAML will do, and functionName may be missing. */
  public static LambdaFunctionConfigSpec spec(String spec) {
    ObjectNode tree = tree(spec);
    if (!tree.has("functionName")) {
      tree.put("functionName", "fn");
    }
    return Serialization.unmarshal(tree.toString(), LambdaFunctionConfigSpec.class);
  }

  /** A settled function called fn with the given members besides its name and revision. */
  public static ObservedFunction function(String members) {
    ObjectNode tree = object();
    tree.put("FunctionName", "fn");
    tree.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:fn");
    tree.put("RevisionId", "r1");
    tree.put("State", "Active");
    tree.put("LastUpdateStatus", "Successful");
    tree.setAll(tree(members));
    return function(tree);
  }

  public static ObservedFunction function(ObjectNode answer) {
    return new ObservedFunction((Value.Structure) value(answer));
  }

  public static Value value(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, Value> members = new TreeMap<>();
      node.properties()
          .forEach(
              member -> {
                if (!member.getValue().isNull()) {
                  members.put(member.getKey(), value(member.getValue()));
                }
              });
      return new Value.Structure(members);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return new Value.Items(items);
    }
    if (node.isNumber()) {
      return new Value.Numeral(node.decimalValue());
    }
    return node.isBoolean() ? new Value.Flag(node.booleanValue()) : Value.text(node.asText());
  }

  /** What goes over the wire. */
  public static ObjectNode json(Map<String, Value> request) {
    ObjectNode tree = object();
    request.forEach((name, value) -> tree.set(name, json(value)));
    return tree;
  }

  /** A value as people write it: a string without quotes, anything else as JSON. */
  public static String text(Value value) {
    JsonNode node = json(value);
    return node.isTextual() ? node.asText() : node.toString();
  }

  private static JsonNode json(Value value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Text text -> json.textNode(text.text());
      case Value.Secret secret -> json.textNode(secret.text());
      case Value.Flag flag -> json.booleanNode(flag.on());
      case Value.Numeral numeral ->
          numeral.number().stripTrailingZeros().scale() <= 0
              ? json.numberNode(numeral.number().intValueExact())
              : json.numberNode(numeral.number().doubleValue());
      case Value.Items items -> {
        ArrayNode array = json.arrayNode();
        items.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Value.Structure structure -> json(structure.members());
    };
  }

  /**
   * JSON or flow YAML as a tree with plain numbers; the marker keeps it from being read as JSON.
   */
  public static ObjectNode tree(String text) {
    return TREES.computeIfAbsent(text, TestSpecs::parsed).deepCopy();
  }

  private static ObjectNode parsed(String text) {
    String yaml = text.startsWith("{\"") ? text : "---\n" + text;
    try {
      return (ObjectNode)
          MAPPER.readTree(Serialization.unmarshal(yaml, ObjectNode.class).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
