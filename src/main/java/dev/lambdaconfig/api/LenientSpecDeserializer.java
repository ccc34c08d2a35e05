package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spec, or returns a placeholder that says why it cannot be read. An exception here would
 * fail the list of all resources, and stop the informer permanently. The bounds limit the memory of
 * each resource.
 */
final class LenientSpecDeserializer extends JsonDeserializer<LambdaFunctionConfigSpec> {

  /**
   * The bounds of a spec, above what any function has. The fields that AWS bounds have less than
   * 20,000 characters in total (the names of roles, keys, queues, layers and log groups, 16
   * subnets, 5 groups, 4,096 bytes of environment), and the schema lets 16,384 through for each of
   * the two lists of {@code imageConfig}, which can have 1,500 items each, and about 66,000 for the
   * longest names of 100 keys and 20 whole objects that environment values come from.
   */
  static final BoundedTree.Bounds BOUNDS = new BoundedTree.Bounds(1 << 17, 5000, 32);

  // No coercion of values of a wrong type: an empty string in place of a number would be read as
  // "not managed", and 1.5 as 1.
  static final ObjectMapper STRICT =
      JsonMapper.builder(StoredJson.factory())
          .addModule(new SimpleModule().addDeserializer(Double.class, new FiniteNumbers()))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  @Override
  public LambdaFunctionConfigSpec deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    BoundedTree.Reading reading = BoundedTree.read(parser, BOUNDS);
    BoundedTree.Fault fault = reading.fault();
    if (fault != null) {
      return LambdaFunctionConfigSpec.unreadable(beyond(fault, reading), suspend(reading.tree()));
    }
    JsonNode tree = reading.tree();
    if (!(tree instanceof ObjectNode object)) {
      return LambdaFunctionConfigSpec.unreadable(
          "spec must be a map: see kubectl explain lfc.spec", null);
    }
    Boolean suspend = suspend(tree);
    if (tree.path("functionName").isMissingNode() || tree.path("functionName").isNull()) {
      return LambdaFunctionConfigSpec.unreadable(
          "spec.functionName is missing: name the function, as in functionName: my-function",
          suspend);
    }
    String unknown = UnknownMembers.ignoredIn(object);
    if (unknown != null) {
      return LambdaFunctionConfigSpec.unreadable(unknown, suspend);
    }
    try {
      return STRICT.treeToValue(tree, LambdaFunctionConfigSpec.class);
    } catch (JsonProcessingException e) {
      return LambdaFunctionConfigSpec.unreadable(message(e), suspend);
    }
  }

  private static @Nullable Boolean suspend(@Nullable JsonNode spec) {
    JsonNode suspend = spec == null ? null : spec.get("suspend");
    if (suspend == null || !suspend.isBoolean()) {
      return null;
    }
    return suspend.booleanValue();
  }

  private static String beyond(BoundedTree.Fault fault, BoundedTree.Reading reading) {
    String at = reading.path().isEmpty() ? "" : ", counted up to spec" + reading.path();
    return switch (fault) {
      case SIZE ->
          "spec has %d characters of JSON, and at most %d are allowed: shorten it (AWS allows 4096"
                  .formatted(reading.characters(), BOUNDS.characters())
              + " bytes of environment)"
              + at;
      case COUNT ->
          "spec has %d values, and at most %d are allowed: remove some"
                  .formatted(reading.values(), BOUNDS.values())
              + at;
      case DEPTH ->
          "spec%s is nested in more than %d lists and maps: see kubectl explain lfc.spec"
              .formatted(reading.path(), BOUNDS.depth());
      case NUMBER ->
          "spec%s is a number out of range: see kubectl explain lfc.spec".formatted(reading.path());
    };
  }

  // The exception's own message contains the value, which can be a secret.
  private static String message(JsonProcessingException exception) {
    List<JsonMappingException.Reference> path =
        exception instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    String where = path.stream().map(LenientSpecDeserializer::step).collect(Collectors.joining());
    String member = path.isEmpty() ? "" : step(path.getFirst());
    Class<?> type =
        exception instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    return "spec"
        + where
        + " must be "
        + expected(type)
        + ": see kubectl explain lfc.spec"
        + member;
  }

  private static String step(JsonMappingException.Reference reference) {
    return reference.getFieldName() == null
        ? "[" + reference.getIndex() + "]"
        : "." + BoundedTree.shortened(reference.getFieldName());
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type or size";
    }
    if (type == String.class) {
      return "a string (in quotes, if it looks like a number or like true)";
    }
    if (type == Integer.class) {
      return "a whole number (without quotes)";
    }
    if (type == Double.class) {
      return "a number (without quotes)";
    }
    if (type == Boolean.class) {
      return "true or false (without quotes)";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "a map";
  }
}
