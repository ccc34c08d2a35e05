package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** What {@code /debug/state} of an operator shows that was started with a debug port. */
final class DebugSizes {

  private DebugSizes() {}

  /** The sizes of its collections. */
  static Map<String, Long> of(OperatorExtension operator) throws IOException, InterruptedException {
    Map<String, Long> sizes = new TreeMap<>();
    JsonNode json = new ObjectMapper().readTree(text(operator)).path("sizes");
    json.properties().forEach(size -> sizes.put(size.getKey(), size.getValue().asLong()));
    return sizes;
  }

  /** All of it. */
  static String text(OperatorExtension operator) throws IOException, InterruptedException {
    Integer port = requireNonNull(operator.running().debugPort());
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/debug/state");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
