package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.ResourceDeserializer;
import dev.lambdaconfig.kube.http.PageUri;
import dev.lambdaconfig.kube.http.ReadAhead;
import dev.lambdaconfig.kube.http.VirtualThreadClients;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lists of the operator's own resources as they arrive: {@linkplain FirstLists the first one}
 * at once, where the API server has it in memory, and later ones in pages. The client would hold
 * the whole body, twice: a page of resources as large as the API server allows has hundreds of
 * megabytes.
 *
 * <p>Pages have {@linkplain PageLengths a length} that the API server answers in time. As soon as
 * one has arrived, the next one is {@linkplain ReadAhead requested}, while the last resources are
 * read and all of them are stored.
 */
public final class StreamedLists implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger(StreamedLists.class);

  private static final String PATH_END = "/lambdafunctionconfigs";

  /**
   * The length of a page that a client should ask for, as long as other clients do: each page costs
   * etcd a count of all keys.
   */
  public static final long PAGE = PageLengths.LONGEST;

  /** Minutes after which the client has read the rest of a list, or never will. */
  private static final long LATE = 5;

  /** Seconds after which the client has asked for the next page, or never will. */
  private static final long NEXT = 30;

  private final ListedItems place;
  private final ObjectReader reader;
  private final KubernetesSerialization serialization;
  private final Executor later;
  private final ReadAhead ahead;

  private final PageLengths lengths = new PageLengths();
  private final FirstLists first;

  /** Creates an interceptor and a serialization, for one client. */
  public StreamedLists() {
    this(
        CompletableFuture.delayedExecutor(LATE, TimeUnit.MINUTES, Runnable::run),
        CompletableFuture.delayedExecutor(NEXT, TimeUnit.SECONDS, Runnable::run));
  }

  StreamedLists(Executor later, Executor afterNext) {
    this(later, afterNext, FirstLists.LONGEST_HEAD, FirstLists.LONGEST);
  }

  StreamedLists(Executor later, Executor afterNext, Duration longestHead, Duration longest) {
    this.later = later;
    this.ahead = new ReadAhead(afterNext);
    ResourceDeserializer resources = StrippedSerialization.resources();
    this.place = new ListedItems(resources);
    ObjectMapper mapper = StrippedSerialization.mapper(resources, place);
    this.serialization = StrippedSerialization.create(mapper);
    this.reader = mapper.readerFor(LambdaFunctionConfig.class);
    this.first = new FirstLists(this::whole, lengths, longestHead, longest);
  }

  /**
   * Returns the builder of the client that this reads for.
   *
   * @param http adds to its HTTP client
   */
  public KubernetesClientBuilder builder(Consumer<HttpClient.Builder> http) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new VirtualThreadClients(ahead, first))
        .withHttpClientBuilderConsumer(
            builder -> {
              http.accept(builder);
              builder.addOrReplaceInterceptor(StreamedLists.class.getName(), this);
            })
        .withTaskExecutorSupplier(VirtualThreadClients.tasks())
        .withKubernetesSerialization(serialization);
  }

  /** Reads the first list of each path at once, if this version sends it from memory. */
  public void adapt(ServerVersion version) {
    first.adapt(version);
  }

  private WholeListReader whole() {
    return new WholeListReader(
        next -> new ListBody(next, reader, place, later, ListBody.Listener.NONE));
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    PageUri page = page(request);
    if (page == null) {
      return;
    }
    long most = longest(request);
    if (page.limit() > most) {
      builder.uri(page.withLimit(most).uri());
    }
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    if (isWatch(request.uri())) {
      return new AsciiBody(consumer);
    }
    PageUri page = page(request);
    return page == null
        ? consumer
        : new ListBody(consumer, reader, place, later, pages(request, page));
  }

  private static boolean isWatch(URI uri) {
    String query = uri.getRawQuery();
    return query != null && query.contains("watch=true");
  }

  private ListBody.Listener pages(HttpRequest request, PageUri page) {
    // Then the client may have wanted a longer page.
    boolean longestOne = page.limit() >= longest(request);
    return new ListBody.Listener() {
      @Override
      public void onList(int items, long bytes, @Nullable String next) {
        lengths.fit(request.uri().getPath(), items, bytes);
        if (next != null && PageLengths.isOneOfMany(page.limit())) {
          long most = longest(request);
          long length = longestOne ? most : Math.min(most, page.limit());
          requestAhead(next(request, page.withLimit(length).next(next)));
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
  private static java.net.http.HttpRequest next(HttpRequest request, PageUri page) {
    java.net.http.HttpRequest.Builder next = get(page.uri(), request.headers());
    if (request instanceof StandardHttpRequest standard
        && standard.getTimeout() != null
        && !standard.getTimeout().isZero()) {
      next.timeout(standard.getTimeout());
    }
    return next.build();
  }

  /** A request with the headers of another one. */
  static java.net.http.HttpRequest.Builder get(URI uri, Map<String, List<String>> headers) {
    java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(uri);
    headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request;
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

  private void shorten(HttpRequest request) {
    if (page(request) != null) {
      lengths.shorten(request.uri().getPath());
    }
  }

  private long longest(HttpRequest request) {
    return lengths.longest(request.uri().getPath());
  }

  /** The page of a list of the operator's resources, or null. */
  private static @Nullable PageUri page(HttpRequest request) {
    PageUri page = request.method().equals("GET") ? PageUri.of(request.uri()) : null;
    return page != null && isOwn(page) ? page : null;
  }

  /** Whether a page is one of a list of the operator's resources. */
  static boolean isOwn(PageUri page) {
    return page.uri().getPath().endsWith(PATH_END) && !isWatch(page.uri());
  }

  KubernetesSerialization serialization() {
    return serialization;
  }

  /** The place of the items, for tests. */
  ListedItems items() {
    return place;
  }
}
