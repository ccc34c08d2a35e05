package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The configuration of a function that was created with mandatory members only
 * (docs/aws.md#defaults).
 */
final class NewFunction {

  private NewFunction() {}

  static ObjectNode defaults(JsonNode request, CodePackage code, FunctionContext context) {
    String packageType = request.path("PackageType").asText("Zip");
    requireZipMembers(request, packageType);
    ObjectNode defaults = Json.object();
    defaults.put("FunctionName", context.functionName());
    defaults.put("FunctionArn", context.accountRegion().functionArn(context.functionName(), null));
    defaults.put("Version", "$LATEST");
    defaults.put("Description", "");
    defaults.put("Timeout", 3);
    defaults.put("MemorySize", 128);
    defaults.put("PackageType", packageType);
    defaults.put("CodeSize", code.size());
    defaults.put("CodeSha256", code.sha256());
    defaults.set("TracingConfig", Json.object("Mode", "PassThrough"));
    defaults.set("EphemeralStorage", Json.object().put("Size", 512));
    defaults.set("SnapStart", Json.object("ApplyOn", "None").put("OptimizationStatus", "Off"));
    defaults.set("LoggingConfig", LoggingRules.defaults(context.functionName()));
    if (request.hasNonNull("Architectures")) {
      defaults.set("Architectures", request.get("Architectures"));
    } else {
      defaults.putArray("Architectures").add("x86_64");
    }
    if (request.hasNonNull("TenancyConfig")) {
      defaults.set("TenancyConfig", request.get("TenancyConfig"));
    }
    return defaults;
  }

  private static void requireZipMembers(JsonNode request, String packageType) {
    if (packageType.equals("Zip")
        && !(request.hasNonNull("Runtime") && request.hasNonNull("Handler"))) {
      // Only that AWS refuses is known here, not its words.
      throw ApiError.invalidParameter(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
  }
}
