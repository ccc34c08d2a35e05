package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Rules of Layers: the list is replaced as a whole, keeps its order, and is answered as objects
 * (docs/aws.md#layers).
 */
final class LayerRules {

  private static final int MOST = 5;
  private static final int REGION = 3;

  private LayerRules() {}

  static void apply(ObjectNode configuration, JsonNode requested, FunctionContext context) {
    if (requested.isEmpty()) {
      configuration.remove("Layers");
      return;
    }
    if (requested.size() > MOST) {
      throw ApiError.invalidParameter("Cannot reference more than " + MOST + " layers.");
    }
    Map<String, String> seen = new HashMap<>();
    ArrayNode layers = JsonNodeFactory.instance.arrayNode();
    for (String arn : Json.texts(requested)) {
      String region = arn.split(":", -1)[REGION];
      if (!region.isEmpty() && !region.equals(context.accountRegion().region())) {
        throw ApiError.invalidParameter(
            "Layers are not in the same region as the function. Layers are expected to be in"
                + " region "
                + context.accountRegion().region()
                + ".");
      }
      if (context.externalResources().isMissing(arn)) {
        throw ApiError.invalidParameter("Layer version " + arn + " does not exist.");
      }
      String before = seen.put(arn.substring(0, arn.lastIndexOf(':')), arn);
      if (before != null) {
        throw ApiError.invalidParameter(
            "Two different versions of the same layer are not allowed to be referenced in the"
                + " same function. "
                + before
                + " and "
                + arn
                + " are versions of the same layer.");
      }
      layers.add(
          Json.object("Arn", arn).put("CodeSize", 1024 + Math.floorMod(arn.hashCode(), 4096)));
    }
    configuration.set("Layers", layers);
  }
}
