package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Objects;

/** The bodies of UpdateFunctionConfiguration, as expected and as sent. */
final class UpdateBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private UpdateBody() {}

  /** An expected body. */
  static JsonNode of(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** A body as it was sent, without the RevisionId, which must be there. */
  static JsonNode withoutRevision(LoggedRequest update) {
    ObjectNode body = ((ObjectNode) Objects.requireNonNull(update.body())).deepCopy();
    assertThat(body.remove("RevisionId")).isNotNull();
    return body;
  }

  /** The timeouts of the updates of a function that AWS has carried out, in their order. */
  static List<Integer> appliedTimeouts(LambdaSimulator aws, String function) {
    return aws.requests().updatesOf(function).stream()
        .filter(LoggedRequest::applied)
        .map(update -> update.member("Timeout").asInt())
        .toList();
  }
}
