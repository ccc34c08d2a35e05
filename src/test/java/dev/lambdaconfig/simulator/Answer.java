package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP answer before it is written. */
record Answer(
    int status, @Nullable JsonNode body, @Nullable String errorCode, Map<String, String> headers) {

  static Answer of(int status, @Nullable JsonNode body) {
    return new Answer(status, body, null, Map.of());
  }

  static Answer of(ApiError error) {
    return new Answer(error.status, error.body(), error.code, error.headers);
  }
}
