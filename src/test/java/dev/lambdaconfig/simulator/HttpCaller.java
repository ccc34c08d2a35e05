package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Calls the simulator without an SDK, to see what is on the wire. */
final class HttpCaller {

  /**
   * An answer; {@code errorCode} comes from the header, and the body is a missing node if there is
   * none.
   */
  record Reply(int status, @Nullable String errorCode, JsonNode body) {

    @Nullable String message() {
      JsonNode message = body.has("Message") ? body.get("Message") : body.path("message");
      return message.isTextual() ? message.asText() : null;
    }

    String revision() {
      return body.path("RevisionId").asText();
    }
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI endpoint;

  HttpCaller(URI endpoint) {
    this.endpoint = endpoint;
  }

  Reply create(JsonNode body) {
    return call("POST", "/2015-03-31/functions", body);
  }

  Reply getFunction(String name, String query) {
    return call("GET", function(name) + query, null);
  }

  Reply getConfiguration(String name, String query) {
    return call("GET", function(name) + "/configuration" + query, null);
  }

  Reply getConfiguration(String name) {
    return getConfiguration(name, "");
  }

  Reply update(String name, JsonNode body) {
    return call("PUT", function(name) + "/configuration", body);
  }

  Reply update(String name, String body) {
    return update(name, Json.parse(body));
  }

  Reply list(String query) {
    return call("GET", "/2015-03-31/functions/" + query, null);
  }

  static String function(String name) {
    return "/2015-03-31/functions/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  Reply call(String method, String path, @Nullable JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("x-amzn-ErrorType").orElse(null),
          response.body().length == 0 ? MissingNode.getInstance() : Json.read(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
