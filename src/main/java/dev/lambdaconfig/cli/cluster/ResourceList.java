package dev.lambdaconfig.cli.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The LambdaFunctionConfigs of a cluster, page by page. Each is read as it arrives: a page of
 * resources as large as the API server allows has hundreds of megabytes, and is never in memory as
 * a whole.
 */
public final class ResourceList {

  private static final int PAGE = 500;

  /** Time for the head of an answer, and then for the whole page. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Duration WHOLE_PAGE = Duration.ofMinutes(2);

  /** The longest answer that is read as a failure. */
  private static final int LONGEST_FAILURE = 1 << 16;

  private final HttpClient http;
  private final String collection;
  private final String query;
  private final ObjectMapper json = StrippedSerialization.mapper();

  /**
   * Lists nothing yet.
   *
   * @param namespace the namespace, or null for all
   * @param selector the labels of the resources, as kubectl writes them, or null for all
   */
  public ResourceList(
      KubernetesClient client, @Nullable String namespace, @Nullable String selector) {
    http = client.getHttpClient();
    collection =
        client.getMasterUrl().toString().replaceFirst("/+$", "")
            + "/apis/"
            + LambdaFunctionConfig.API_VERSION
            + (namespace == null ? "/" : "/namespaces/" + encoded(namespace) + "/")
            + "lambdafunctionconfigs";
    query = "?limit=" + PAGE + (selector == null ? "" : "&labelSelector=" + encoded(selector));
  }

  /**
   * Passes on all resources, in the order of their namespaces and names.
   *
   * @return whether all are of one moment: a list that takes longer than the API server keeps old
   *     versions, usually 5 minutes, goes on with newer ones
   * @throws KubernetesClientException if they cannot be read
   */
  public boolean forEach(Consumer<LambdaFunctionConfig> each) {
    boolean ofOneMoment = true;
    boolean expired = false;
    String from = null;
    do {
      try {
        String next = page(from, each);
        if (next != null && next.equals(from)) {
          throw new KubernetesClientException("a page of a list names itself as the next one");
        }
        from = next;
        expired = false;
      } catch (KubernetesClientException e) {
        String newer = tokenOfNewer(e);
        if (newer == null || expired) {
          throw e;
        }
        from = newer;
        expired = true;
        ofOneMoment = false;
      }
    } while (from != null);
    return ofOneMoment;
  }

  /** The token with which a list that has expired goes on, where the API server offers one. */
  private static @Nullable String tokenOfNewer(KubernetesClientException failure) {
    ListMeta metadata =
        failure.getCode() == HttpURLConnection.HTTP_GONE && failure.getStatus() != null
            ? failure.getStatus().getMetadata()
            : null;
    return metadata == null ? null : nonEmpty(metadata.getContinue());
  }

  /** Passes on one page, and returns the token of the next one, or null. */
  private @Nullable String page(@Nullable String from, Consumer<LambdaFunctionConfig> each) {
    String uri = collection + query + (from == null ? "" : "&continue=" + encoded(from));
    HttpResponse<InputStream> response = answer(uri);
    try (InputStream body = response.body()) {
      CompletableFuture<Void> limit =
          CompletableFuture.runAsync(
              () -> close(body),
              CompletableFuture.delayedExecutor(WHOLE_PAGE.toSeconds(), TimeUnit.SECONDS));
      try {
        if (!response.isSuccessful()) {
          throw failure(response.code(), body);
        }
        return items(body, each);
      } finally {
        limit.cancel(false);
      }
    } catch (IOException e) {
      throw new KubernetesClientException("a list broke off", e);
    }
  }

  private HttpResponse<InputStream> answer(String uri) {
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(
            http.newHttpRequestBuilder().uri(uri).header("Accept", "application/json").build(),
            InputStream.class);
    try {
      return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new KubernetesClientException("no answer", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new KubernetesClientException("no answer within " + ANSWER.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted");
    }
  }

  private KubernetesClientException failure(int code, InputStream body) throws IOException {
    byte[] text = body.readNBytes(LONGEST_FAILURE);
    Status status = null;
    try {
      status = json.readValue(text, Status.class);
    } catch (IOException e) {
      // A proxy in between answers with a page: its code says enough.
    }
    String message = status == null ? null : status.getMessage();
    return new KubernetesClientException(
        message == null ? "status " + code : message, code, status);
  }

  private @Nullable String items(InputStream body, Consumer<LambdaFunctionConfig> each)
      throws IOException {
    String next = null;
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no list");
      }
      boolean listed = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        JsonToken value = parser.nextToken();
        if (member.equals("metadata")) {
          JsonNode metadata = json.readTree(parser);
          next = nonEmpty(metadata.path("continue").asText());
        } else if (member.equals("items") && value == JsonToken.START_ARRAY) {
          listed = true;
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            each.accept(json.readValue(parser, LambdaFunctionConfig.class));
          }
        } else {
          parser.skipChildren();
        }
      }
      if (!listed || parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("the answer is no list");
      }
    }
    return next;
  }

  private static @Nullable String nonEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
