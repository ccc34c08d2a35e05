package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Reads a spec, or tells in its place why it cannot be read. An exception here would fail the list
 * of all resources, and stop the informer for good.
 */
final class TolerantSpec extends JsonDeserializer<LambdaFunctionConfigSpec> {

  @Override
  public LambdaFunctionConfigSpec deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode tree = context.readTree(parser);
    try {
      return context.readTreeAsValue(tree, LambdaFunctionConfigSpec.class);
    } catch (JsonProcessingException e) {
      return LambdaFunctionConfigSpec.unreadable(
          "spec"
              + path(e)
              + " has a value of the wrong type: see kubectl explain lfc.spec"
              + path(e));
    }
  }

  // The exception's own message repeats the value, which may be a secret.
  private static String path(JsonProcessingException exception) {
    return exception instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(name -> name != null)
            .map(name -> "." + name)
            .collect(Collectors.joining())
        : "";
  }
}
