package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that lists the operator's resources, and repeats no request unless it is said. */
final class ListingClient implements AutoCloseable {

  /** A budget that no test uses up; for the head, the request timeout counts, 9 s. */
  static final Duration AMPLE = Duration.ofMinutes(2);

  /** The milliseconds that the client has by default. */
  private static final int TIMEOUT = 10_000;

  private static final ServerVersion IN_PAGES = new ServerVersion(1, 33);
  private static final ServerVersion AT_ONCE = new ServerVersion(1, 34);

  private final StreamedLists lists;
  private final KubernetesClient client;

  private ListingClient(
      Config config, ServerVersion version, Duration longestHead, Duration longest) {
    lists = new StreamedLists(task -> {}, task -> {}, longestHead, longest);
    client = lists.builder(http -> {}).withConfig(config).build();
    lists.adapt(version);
  }

  private static Config config(String url, int timeoutMillis) {
    return config(url, timeoutMillis, 0);
  }

  private static Config config(String url, int timeoutMillis, int retries) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url)
        .withOauthToken("of-the-operator")
        .withRequestTimeout(timeoutMillis)
        .withRequestRetryBackoffLimit(retries)
        .build();
  }

  /** A client that reads first lists at once. */
  static ListingClient atOnce(PageServer server) {
    return atOnce(server.url());
  }

  static ListingClient atOnce(String url) {
    return atOnce(url, AMPLE, AMPLE);
  }

  /** A client that reads first lists at once, if their head and the rest come in time. */
  static ListingClient atOnce(String url, Duration longestHead, Duration longest) {
    return new ListingClient(config(url, TIMEOUT), AT_ONCE, longestHead, longest);
  }

  /** A client that reads first lists at once, and waits for no head longer than its timeout. */
  static ListingClient impatient(String url, int timeoutMillis) {
    return new ListingClient(config(url, timeoutMillis), AT_ONCE, AMPLE, AMPLE);
  }

  /** An impatient client that repeats a request once. */
  static ListingClient repeating(String url, int timeoutMillis) {
    return new ListingClient(config(url, timeoutMillis, 1), AT_ONCE, AMPLE, AMPLE);
  }

  /** A client of an older API server. */
  static ListingClient inPages(PageServer server) {
    return new ListingClient(config(server.url(), TIMEOUT), IN_PAGES, AMPLE, AMPLE);
  }

  /** First lists that are read at once, without a client. */
  static FirstLists firstLists(
      ObjectReader reader, ListedItems place, Duration longestHead, Duration longest) {
    FirstLists first =
        new FirstLists(
            () ->
                new WholeListReader(
                    next -> new ListBody(next, reader, place, task -> {}, ListBody.Listener.NONE)),
            new PageLengths(),
            longestHead,
            longest);
    first.adapt(AT_ONCE);
    return first;
  }

  /** The path of the resources of a namespace. */
  static String path(String namespace) {
    return "/apis/lambdaconfig.dev/v1alpha1/namespaces/" + namespace + "/lambdafunctionconfigs";
  }

  /** An item of a list. */
  static String item(String name) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"functionName\":\"f\"}}".formatted(name);
  }

  /** A list, as an API server sends it. */
  static String list(String metadata, String... names) {
    return listOf(
        metadata, Stream.of(names).map(ListingClient::item).collect(Collectors.joining(",")));
  }

  static String listOf(String metadata, String items) {
    return """
    {"apiVersion":"lambdaconfig.dev/v1alpha1","items":[%s],"kind":"LambdaFunctionConfigList",
     "metadata":{%s"resourceVersion":"77"}}
    """
        .formatted(items, metadata);
  }

  static List<String> names(CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> list)
      throws Exception {
    return arrived(list).getItems().stream().map(each -> each.getMetadata().getName()).toList();
  }

  static <T> T arrived(CompletableFuture<T> future) throws Exception {
    return future.get(PageServer.SECONDS, TimeUnit.SECONDS);
  }

  /** Reads as an API server does that is of another version from now on. */
  void adapt(ServerVersion version) {
    lists.adapt(version);
  }

  /** Lists the first page of a namespace. */
  CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> listed(String namespace) {
    ListOptions page = new ListOptionsBuilder().withLimit(500L).build();
    return CompletableFuture.supplyAsync(
        () -> client.resources(LambdaFunctionConfig.class).inNamespace(namespace).list(page),
        Thread::startVirtualThread);
  }

  CompletableFuture<String> raw(String uri) {
    return CompletableFuture.supplyAsync(() -> client.raw(uri), Thread::startVirtualThread);
  }

  KubernetesClient client() {
    return client;
  }

  /** The items that are kept. */
  long kept() {
    return lists.items().size();
  }

  @Override
  public void close() {
    client.close();
  }
}
