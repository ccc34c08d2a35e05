package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversions of JSON trees. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object(String member, String value) {
    return object().put(member, value);
  }

  /** Copies an object; the values are shared. */
  static ObjectNode shallowCopy(ObjectNode of) {
    ObjectNode copy = object();
    copy.setAll(of);
    return copy;
  }

  /** Parses an object that the author of a test has written. */
  static ObjectNode parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
    throw new IllegalArgumentException("not a JSON object: " + text);
  }

  static JsonNode read(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  static JsonNode valueOf(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether a member is given: AWS treats an explicit null as an absent member. */
  static boolean given(@Nullable JsonNode node) {
    return node != null && !node.isNull();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
