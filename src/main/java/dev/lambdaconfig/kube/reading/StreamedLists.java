package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.ReadAhead;
import dev.lambdaconfig.kube.http.VirtualThreadClients;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each page of a list of the operator's own resources as it arrives. The client would hold
 * the whole body, twice: a page of resources as large as the API server allows has hundreds of
 * megabytes.
 *
 * <p>Pages are as long as the client wants them, unless that would be too much at once for the API
 * server: it has 10 s for the head of an answer. As soon as a page has arrived, the next one is
 * {@linkplain ReadAhead requested}, while the last resources are read and all of them are stored.
 */
public final class StreamedLists implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger(StreamedLists.class);

  private static final String PATH_END = "/lambdafunctionconfigs";
  private static final Pattern LIMIT = Pattern.compile("(?<=^|&)limit=(\\d{1,9})(?=$|&)");

  /** The length of a page that any API server answers in time, whatever the resources have. */
  private static final long SHORTEST = 20;

  /** The length of the first page, of which nobody knows what the resources have. */
  private static final long FIRST = 100;

  /**
   * The length of a page that a client should ask for, as long as other clients do: each page costs
   * etcd a count of all keys.
   */
  public static final long PAGE = 500;

  /** The wanted size of a page: a second or two of work for the API server. */
  private static final long BYTES = 32_000_000;

  /** Minutes after which the client has read the rest of a list, or never will. */
  private static final long LATE = 5;

  /** Seconds after which the client has asked for the next page, or never will. */
  private static final long NEXT = 30;

  private final ListedItems place;
  private final ObjectReader reader;
  private final KubernetesSerialization serialization;
  private final Executor later;
  private final ReadAhead ahead;

  /** The longest page of each path from now on. */
  private final Map<String, Long> longest = new ConcurrentHashMap<>();

  /** Creates an interceptor and a serialization, for one client. */
  public StreamedLists() {
    this(
        CompletableFuture.delayedExecutor(LATE, TimeUnit.MINUTES, Runnable::run),
        CompletableFuture.delayedExecutor(NEXT, TimeUnit.SECONDS, Runnable::run));
  }

  StreamedLists(Executor later, Executor afterNext) {
    this.later = later;
    this.ahead = new ReadAhead(afterNext);
    StrippedSerialization.Reading reading = StrippedSerialization.reading();
    this.place = reading.items();
    this.serialization = StrippedSerialization.create(reading.mapper());
    this.reader = reading.mapper().readerFor(LambdaFunctionConfig.class);
  }

  /**
   * Returns the builder of a client that reads as the operator does.
   *
   * @param http adds to its HTTP client
   */
  public static KubernetesClientBuilder clientBuilder(Consumer<HttpClient.Builder> http) {
    return new StreamedLists().builder(http);
  }

  /**
   * Returns the builder of the client that this reads for.
   *
   * @param http adds to its HTTP client
   */
  KubernetesClientBuilder builder(Consumer<HttpClient.Builder> http) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new VirtualThreadClients(ahead))
        .withHttpClientBuilderConsumer(
            builder -> {
              http.accept(builder);
              builder.addOrReplaceInterceptor(StreamedLists.class.getName(), this);
            })
        .withKubernetesSerialization(serialization);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher limit = limit(request);
    if (limit == null) {
      return;
    }
    long most = longest(request);
    if (length(limit) > most) {
      builder.uri(withLimit(request.uri(), limit, most));
    }
  }

  private static URI withLimit(URI uri, Matcher limit, long most) {
    String query = limit.replaceFirst("limit=" + most);
    return URI.create(uri.toString().replaceFirst("\\?.*", Matcher.quoteReplacement("?" + query)));
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    Matcher limit = limit(request);
    return limit == null
        ? consumer
        : new ListBody(consumer, reader, place, later, pages(request, limit));
  }

  private ListBody.Listener pages(HttpRequest request, Matcher limit) {
    // Then the client may have wanted a longer page.
    boolean longestOne = length(limit) >= longest(request);
    // Whoever asks for less, such as for a version only, reads no second page.
    boolean isOneOfMany = length(limit) >= SHORTEST;
    return new ListBody.Listener() {
      @Override
      public void onList(int items, long bytes, @Nullable String next) {
        // It grows by steps, because nobody knows what the next resources have.
        long fitting = Math.max(SHORTEST, Math.min(PAGE, items * BYTES / bytes));
        longest.put(
            request.uri().getPath(), Math.min(fitting, Math.max(longest(request), 2L * items)));
        if (next != null && isOneOfMany) {
          requestAhead(next(request, limit, longestOne, next));
        }
      }

      @Override
      public void onFailure() {
        shorten(request);
      }
    };
  }

  /** Requests a page. If that fails, the list that names it is none the worse. */
  private void requestAhead(java.net.http.HttpRequest page) {
    try {
      ahead.request(page);
    } catch (RuntimeException e) {
      LOG.debug("a page was not requested ahead", e);
    }
  }

  /** The request that the client sends next, as far as can be known. */
  private java.net.http.HttpRequest next(
      HttpRequest page, Matcher limit, boolean longestOne, String token) {
    long most = longest(page);
    if (!longestOne) {
      most = Math.min(most, length(limit));
    }
    java.net.http.HttpRequest.Builder next =
        java.net.http.HttpRequest.newBuilder(
            ReadAhead.next(withLimit(page.uri(), limit, most), token));
    page.headers().forEach((name, values) -> values.forEach(value -> next.header(name, value)));
    if (page instanceof StandardHttpRequest standard
        && standard.getTimeout() != null
        && !standard.getTimeout().isZero()) {
      next.timeout(standard.getTimeout());
    }
    return next.build();
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    shorten(request);
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    if (response.code() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      shorten(response.request());
    }
    return CompletableFuture.completedFuture(false);
  }

  /** It may be the time that a long page takes. What the client sends again is shorter. */
  private void shorten(HttpRequest request) {
    if (limit(request) != null) {
      longest.put(request.uri().getPath(), SHORTEST);
    }
  }

  private long longest(HttpRequest request) {
    return longest.getOrDefault(request.uri().getPath(), FIRST);
  }

  private static long length(Matcher limit) {
    return Long.parseLong(limit.group(1));
  }

  /** The limit in the query of a page of a list of the operator's resources, else null. */
  private static @Nullable Matcher limit(HttpRequest request) {
    URI uri = request.uri();
    String query = uri.getRawQuery();
    if (!request.method().equals("GET")
        || query == null
        || query.contains("watch=true")
        || !uri.getPath().endsWith(PATH_END)) {
      return null;
    }
    Matcher limit = LIMIT.matcher(query);
    return limit.find() ? limit : null;
  }

  KubernetesSerialization serialization() {
    return serialization;
  }

  /** The place of the items, for tests. */
  ListedItems items() {
    return place;
  }
}
