package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests for metadata, by an HTTP client of their own. Fabric8 (7.7) has no DSL for {@code
 * PartialObjectMetadata}, which is chosen by the header {@code Accept}.
 *
 * <p>Each request has a connection of its own, by HTTP/1.1: a connection that is silently dead is
 * left with its watch, where streams of HTTP/2 would be opened on it again and again, and the
 * watches do not count against the streams that the API server grants the operator's other requests
 * (100 on one connection).
 */
public final class MetadataClient implements MetadataApi, AutoCloseable {

  private static final String AS = "application/json;g=meta.k8s.io;v=v1;as=";
  private static final String LIST = AS + "PartialObjectMetadataList";
  private static final String ONE = AS + "PartialObjectMetadata";

  private static final int PAGE = 500;

  /** Time for the head of an answer, and between two parts of a list. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /**
   * Longest silence of a watch. The API server sends a bookmark about once a minute, so a longer
   * one is a connection that is dead.
   */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  /** Shortest time after which the server ends a watch; the longest one is twice that. */
  private static final Duration WATCH = Duration.ofMinutes(5);

  private final String server;
  private final HttpClient http;
  private final Timing timing;
  private final Duration silence;

  /** Creates a client for the API server of a configuration. */
  public MetadataClient(Config config, Timing timing) {
    this(config, timing, SILENCE);
  }

  MetadataClient(Config config, Timing timing, Duration silence) {
    Config own = copy(config);
    own.setHttp2Disable(true);
    own.setRequestRetryBackoffLimit(0);
    this.server = own.getMasterUrl().replaceFirst("/+$", "");
    this.http = HttpClientUtils.getHttpClientFactory().newBuilder(own).build();
    this.timing = timing;
    this.silence = silence;
  }

  /**
   * A copy that knows no more than the original. A builder would take what is not set from the
   * current context of the kubeconfig, which may be another one by now: it could send the
   * credentials of one cluster to another.
   */
  static Config copy(Config config) {
    Config copy = new ConfigBuilder(config).withAutoConfigure(false).build();
    // Or the token would not be read again when it has changed.
    copy.setAutoConfigure(config.getAutoConfigure());
    return copy;
  }

  @Override
  public Page list(
      WatchedCollection collection, @Nullable String from, Consumer<MetadataItem> items)
      throws MetadataException, InterruptedException {
    String query = "limit=" + PAGE + (from == null ? "" : "&continue=" + encoded(from));
    MetadataParser parser = send(path(collection, query), LIST, ANSWER, () -> {}, items);
    String version = parser.listVersion();
    if (version == null) {
      throw new MetadataException(0, "a list broke off");
    }
    return new Page(version, parser.next());
  }

  @Override
  public void watch(
      WatchedCollection collection,
      String resourceVersion,
      Runnable opened,
      Consumer<MetadataItem> events)
      throws MetadataException, InterruptedException {
    long seconds = (long) (WATCH.toSeconds() * (1 + timing.random().getAsDouble()));
    String query =
        "watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + seconds
            + "&resourceVersion="
            + encoded(resourceVersion);
    int[] error = new int[1];
    send(
        path(collection, query),
        ONE,
        silence,
        opened,
        event -> {
          if (event.isError()) {
            error[0] = event.code() == 0 ? HttpURLConnection.HTTP_GONE : event.code();
          } else {
            events.accept(event);
          }
        });
    if (error[0] != 0) {
      throw new MetadataException(error[0], "the API server ended a watch (" + error[0] + ")");
    }
  }

  private String path(WatchedCollection collection, String query) {
    return server
        + "/api/v1/"
        + (collection.namespace() == null ? "" : "namespaces/" + collection.namespace() + "/")
        + collection.plural()
        + "?"
        + query
        + (collection.name() == null
            ? ""
            : "&fieldSelector=" + encoded("metadata.name=" + collection.name()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Sends a request, and returns at the end of its answer. */
  private MetadataParser send(
      String uri,
      String accept,
      Duration longestSilence,
      Runnable opened,
      Consumer<MetadataItem> items)
      throws MetadataException, InterruptedException {
    MetadataParser parser = parser(items);
    AtomicLong heard = new AtomicLong(timing.nanos().getAsLong());
    AtomicBoolean left = new AtomicBoolean();
    HttpRequest request =
        http.newHttpRequestBuilder().uri(uri).header("Accept", accept).forStreaming().build();
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        http.consumeBytes(
            request,
            (bytes, body) -> {
              heard.set(timing.nanos().getAsLong());
              synchronized (left) {
                if (!left.get()) {
                  feed(parser, bytes);
                }
              }
              body.consume();
            });
    HttpResponse<AsyncBody> response = head(answer);
    AsyncBody body = response.body();
    try {
      if (!response.isSuccessful()) {
        throw new MetadataException(response.code(), "the API server answered " + response.code());
      }
      opened.run();
      body.consume();
      awaitEnd(body.done(), heard, longestSilence);
      return parser;
    } finally {
      body.cancel();
      // Nothing of this answer may be passed on after something of a later one.
      synchronized (left) {
        left.set(true);
      }
    }
  }

  private static void feed(MetadataParser parser, List<ByteBuffer> bytes) throws IOException {
    for (ByteBuffer part : bytes) {
      parser.feed(part);
    }
  }

  private static MetadataParser parser(Consumer<MetadataItem> items) throws MetadataException {
    try {
      return new MetadataParser(items);
    } catch (IOException e) {
      throw new MetadataException(0, e.toString());
    }
  }

  private static HttpResponse<AsyncBody> head(CompletableFuture<HttpResponse<AsyncBody>> answer)
      throws MetadataException, InterruptedException {
    boolean answered = false;
    try {
      HttpResponse<AsyncBody> response = answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
      answered = true;
      return response;
    } catch (ExecutionException e) {
      throw new MetadataException(0, "the API server cannot be reached");
    } catch (TimeoutException e) {
      throw new MetadataException(0, "the API server does not answer");
    } finally {
      if (!answered) {
        answer.cancel(true);
        // An answer that came at this very moment is left too.
        var unused = answer.thenAccept(late -> late.body().cancel());
      }
    }
  }

  private void awaitEnd(CompletableFuture<Void> done, AtomicLong heard, Duration longestSilence)
      throws MetadataException, InterruptedException {
    long left = longestSilence.toNanos();
    while (left > 0) {
      try {
        done.get(left, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        // What came meanwhile broke the silence.
        left = longestSilence.toNanos() - (timing.nanos().getAsLong() - heard.get());
      } catch (ExecutionException e) {
        throw new MetadataException(0, "the connection broke off");
      }
    }
    throw new MetadataException(0, "the connection is silent");
  }

  @Override
  public void close() {
    http.close();
  }
}
