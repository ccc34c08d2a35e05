package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Reads a status, or starts from an empty one: what cannot be read is written anew. */
final class TolerantStatus extends JsonDeserializer<LambdaFunctionConfigStatus> {

  @Override
  public LambdaFunctionConfigStatus deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode tree = context.readTree(parser);
    try {
      return context.readTreeAsValue(tree, LambdaFunctionConfigStatus.class);
    } catch (JsonProcessingException e) {
      return new LambdaFunctionConfigStatus();
    }
  }
}
