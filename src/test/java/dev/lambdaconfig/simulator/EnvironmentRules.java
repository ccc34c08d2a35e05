package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rules of Environment: the map is replaced as a whole (docs/aws.md#environment-replaced), and an
 * object without a map keeps it (docs/aws.md#clear-environment).
 */
final class EnvironmentRules {

  private static final int LIMIT_BYTES = 4096;

  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private EnvironmentRules() {}

  static void apply(ObjectNode configuration, JsonNode requested) {
    JsonNode variables = requested.get("Variables");
    if (!Json.given(variables)) {
      return;
    }
    List<String> reserved = new ArrayList<>();
    variables
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (RESERVED.contains(key)) {
                reserved.add(key);
              }
            });
    if (!reserved.isEmpty()) {
      throw ApiError.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    byte[] measured = Json.bytes(variables);
    if (measured.length > LIMIT_BYTES) {
      // The message repeats all values, as that of AWS does (docs/aws.md#environment-echo).
      throw ApiError.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + new String(measured, StandardCharsets.UTF_8));
    }
    configuration.set("Environment", Json.object().set("Variables", variables));
  }
}
