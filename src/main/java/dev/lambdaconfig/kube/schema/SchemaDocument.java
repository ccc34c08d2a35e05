package dev.lambdaconfig.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of the API group, which every authenticated user may read, be it without any
 * right on CustomResourceDefinitions. Used by one thread at a time.
 */
final class SchemaDocument {

  private static final String PATH = "/openapi/v3/apis/" + LambdaFunctionConfig.API_VERSION;

  /** A reconcile waits for the answer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Set<Integer> REFUSALS =
      Set.of(
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND);

  private final KubernetesClient client;
  private final ObjectMapper json = new ObjectMapper();

  /** The version that was last read; null where none was. */
  private @Nullable String tag;

  SchemaDocument(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Reads the schema of the kind, with its spec and its status.
   *
   * @return the schema; null where it is the one of the last time
   * @throws IOException if it cannot be read, or has no such kind
   */
  @Nullable JsonNode changed() throws IOException, InterruptedException {
    HttpResponse<String> answer = answer();
    if (answer.code() == HttpURLConnection.HTTP_NOT_MODIFIED) {
      return null;
    }
    String body = answer.body();
    if (!answer.isSuccessful() || body == null) {
      String problem = PATH + " is answered by " + answer.code();
      throw REFUSALS.contains(answer.code())
          ? new SchemaRefusedException(problem)
          : new IOException(problem);
    }
    for (JsonNode schema : json.readTree(body).at("/components/schemas")) {
      if (schema.at("/properties/spec").isObject() && isOurKind(schema)) {
        tag = answer.header("ETag");
        return schema;
      }
    }
    throw new IOException(PATH + " has no such kind");
  }

  private HttpResponse<String> answer() throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer = sent();
    try {
      return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(PATH + ": " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(PATH + " is not answered within " + ANSWER.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }

  private CompletableFuture<HttpResponse<String>> sent() throws IOException {
    try {
      HttpClient http = client.getHttpClient();
      HttpRequest.Builder request =
          http.newHttpRequestBuilder()
              .uri(client.getMasterUrl().toString().replaceFirst("/+$", "") + PATH)
              .header("Accept", "application/json");
      if (tag != null) {
        request.header("If-None-Match", tag);
      }
      return http.sendAsync(request.build(), String.class);
    } catch (KubernetesClientException | IllegalStateException | RejectedExecutionException e) {
      // The client is closed: the operator stops.
      throw new IOException(PATH + ": " + e.getMessage(), e);
    }
  }

  private static boolean isOurKind(JsonNode schema) {
    for (JsonNode kind : schema.path("x-kubernetes-group-version-kind")) {
      if (kind.path("kind").asText().equals(LambdaFunctionConfig.class.getSimpleName())) {
        return true;
      }
    }
    return false;
  }
}
