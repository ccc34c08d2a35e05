package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Reads a status, or starts from an empty one: what cannot be read is written anew. */
final class TolerantStatus extends JsonDeserializer<LambdaFunctionConfigStatus> {

  private static final ObjectMapper SHARING =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(String.class, new SharedStrings()))
          .build();

  @Override
  public LambdaFunctionConfigStatus deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode tree = context.readTree(parser);
    try {
      return SHARING.treeToValue(tree, LambdaFunctionConfigStatus.class);
    } catch (JsonProcessingException e) {
      return new LambdaFunctionConfigStatus();
    }
  }
}
