package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The members that are null, which the API server removes before it validates a resource. */
final class Nulls {

  private Nulls() {}

  /**
   * A copy without them. Members that have no schema stay, and so do items of lists.
   *
   * @param schema the schema of the value, or null if it has none
   */
  static JsonNode removedFrom(JsonNode value, @Nullable Schema schema) {
    if (value instanceof ObjectNode map) {
      ObjectNode copy = map.objectNode();
      map.properties()
          .forEach(
              member -> {
                Schema field = schema == null ? null : schema.field(member.getKey());
                if (!member.getValue().isNull() || field == null) {
                  copy.set(member.getKey(), removedFrom(member.getValue(), field));
                }
              });
      return copy;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode copy = list.arrayNode();
      list.forEach(item -> copy.add(removedFrom(item, schema == null ? null : schema.item())));
      return copy;
    }
    return value;
  }
}
