package dev.lambdaconfig.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The user of a fleet: writes specs, and counts its own requests. */
final class FleetClient implements AutoCloseable {

  /** Requests under way at the same time. */
  private static final int AT_ONCE = 64;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, LongAdder> asked;
  private final ResourceMapping resource;
  private final FleetWatch watch;

  private FleetClient(
      KubernetesClient client,
      String namespace,
      Map<String, LongAdder> asked,
      OperatorMapping mapping) {
    this.client = client;
    this.namespace = namespace;
    this.asked = asked;
    this.resource = mapping.resource();
    this.watch = new FleetWatch(client, namespace, resource, mapping.settled());
  }

  static FleetClient start(Path kubeconfig, String namespace, OperatorMapping mapping) {
    Map<String, LongAdder> asked = new ConcurrentHashMap<>();
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(0);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                builder ->
                    builder.addOrReplaceInterceptor(
                        "count", new Counter(asked, mapping.resource().plural())))
            .build();
    return new FleetClient(client, namespace, asked, mapping);
  }

  private record Counter(Map<String, LongAdder> asked, String plural) implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
      String key = ApiRequests.keyOf(plural, request.method(), request.uri().getPath(), query);
      if (!key.isEmpty()) {
        asked.computeIfAbsent(key, any -> new LongAdder()).increment();
      }
    }
  }

  /** The size of a resource as JSON, with all that the API server keeps of it. */
  int bytesOf(String name) {
    return client
        .raw("/" + resource.path(namespace) + "/" + name)
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  /** What becomes of the resources. */
  FleetWatch watch() {
    return watch;
  }

  /** Creates a resource for each name. */
  void create(Collection<String> names, Function<String, String> json) {
    send(names, "POST", "application/json", name -> "", json);
  }

  /** Merges the same JSON into each. */
  void patch(Collection<String> names, String json) {
    send(names, "PATCH", "application/merge-patch+json", name -> "/" + name, name -> json);
  }

  /** Deletes each. */
  void delete(Collection<String> names) {
    send(names, "DELETE", "application/json", name -> "/" + name, name -> "{}");
  }

  /** Creates a Secret for each name. */
  void createSecrets(Collection<String> names, Function<String, String> json) {
    send(secrets(), names, "POST", "application/json", name -> "", json);
  }

  /** Merges JSON into a Secret. */
  void patchSecret(String name, String json) {
    send(
        secrets(),
        List.of(name),
        "PATCH",
        "application/merge-patch+json",
        same -> "/" + same,
        same -> json);
  }

  private String secrets() {
    return "api/v1/namespaces/" + namespace + "/secrets";
  }

  private void send(
      Collection<String> names,
      String method,
      String type,
      Function<String, String> path,
      Function<String, String> json) {
    send(resource.path(namespace), names, method, type, path, json);
  }

  private void send(
      String collection,
      Collection<String> names,
      String method,
      String type,
      Function<String, String> path,
      Function<String, String> json) {
    String url = client.getMasterUrl() + collection;
    Semaphore free = new Semaphore(AT_ONCE);
    List<CompletableFuture<String>> refusals = new ArrayList<>();
    for (String name : names) {
      free.acquireUninterruptibly();
      HttpRequest request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(url + path.apply(name))
              .method(method, type, json.apply(name))
              .build();
      refusals.add(
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .whenComplete((answer, failure) -> free.release())
              .thenApply(answer -> answer.isSuccessful() ? "" : answer.body()));
    }
    for (CompletableFuture<String> refusal : refusals) {
      String body = refusal.join();
      if (!body.isEmpty()) {
        throw new BenchmarkFailed(method + " " + url + ": " + body);
      }
    }
  }

  /** What others than this client have asked the API server for since its start. */
  ApiRequests requestsOfOthers() {
    ApiRequests all = ApiRequests.read(resource.plural(), client.raw("/metrics"));
    Map<String, Long> own = new HashMap<>();
    asked.forEach((key, count) -> own.put(key, count.sum()));
    return all.minus(new ApiRequests(resource.plural(), own));
  }

  /** For a cluster that outlives the benchmark. */
  void deleteAll() {
    var unused =
        client.genericKubernetesResources(resource.context()).inNamespace(namespace).delete();
  }

  @Override
  public void close() {
    watch.close();
    client.close();
  }
}
