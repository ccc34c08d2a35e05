package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Rules of LoggingConfig: levels exist with JSON only, where they default to INFO
 * (docs/aws.md#logging-levels).
 */
final class LoggingRules {

  private LoggingRules() {}

  static ObjectNode defaults(String functionName) {
    return Json.object("LogFormat", "Text").put("LogGroup", "/aws/lambda/" + functionName);
  }

  static void apply(ObjectNode configuration, JsonNode requested, FunctionContext context) {
    ObjectNode logging = defaults(context.functionName());
    if (context.dialect().mergesLoggingConfig()
        && configuration.get("LoggingConfig") instanceof ObjectNode present) {
      logging.setAll(present);
    }
    requested
        .properties()
        .forEach(
            sent -> {
              if (Json.given(sent.getValue())) {
                logging.set(sent.getKey(), sent.getValue());
              }
            });
    boolean json = logging.path("LogFormat").asText().equals("JSON");
    if (json) {
      fill(logging, "ApplicationLogLevel");
      fill(logging, "SystemLogLevel");
    } else if (requested.hasNonNull("ApplicationLogLevel")
        || requested.hasNonNull("SystemLogLevel")) {
      throw ApiError.invalidParameter(
          "LogLevel is not supported when LogFormat is set to \"Text\". Remove LogLevel from your"
              + " request or change the LogFormat to \"JSON\" and try again.");
    } else {
      logging.remove("ApplicationLogLevel");
      logging.remove("SystemLogLevel");
    }
    configuration.set("LoggingConfig", logging);
  }

  private static void fill(ObjectNode logging, String level) {
    if (!logging.has(level)) {
      logging.put(level, "INFO");
    }
  }
}
