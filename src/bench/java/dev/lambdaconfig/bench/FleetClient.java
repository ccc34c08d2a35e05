package dev.lambdaconfig.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;

/** The user of the fleet: writes specs, watches what becomes of them, and counts what it asks. */
final class FleetClient implements AutoCloseable {

  /** Requests under way at the same time. */
  private static final int AT_ONCE = 64;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, LongAdder> asked;
  private final List<Goal> goals = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<Seen> watch;

  private FleetClient(KubernetesClient client, String namespace, Map<String, LongAdder> asked) {
    this.client = client;
    this.namespace = namespace;
    this.asked = asked;
    this.watch = client.resources(Seen.class).inNamespace(namespace).inform(new Onlooker());
  }

  static FleetClient start(Path kubeconfig, String namespace) {
    Map<String, LongAdder> asked = new ConcurrentHashMap<>();
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(0);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("count", new Counter(asked)))
            .build();
    return new FleetClient(client, namespace, asked);
  }

  private record Counter(Map<String, LongAdder> asked) implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
      String key = ApiRequests.keyOf(request.method(), request.uri().getPath(), query);
      if (!key.isEmpty()) {
        asked.computeIfAbsent(key, any -> new LongAdder()).increment();
      }
    }
  }

  private final class Onlooker implements ResourceEventHandler<Seen> {
    @Override
    public void onAdd(Seen resource) {
      goals.forEach(goal -> goal.look(resource));
    }

    @Override
    public void onUpdate(Seen before, Seen resource) {
      goals.forEach(goal -> goal.look(resource));
    }

    @Override
    public void onDelete(Seen resource, boolean unknown) {}
  }

  /** A goal for what happens from now on. */
  Goal goal(Collection<String> names, Predicate<Seen> condition) {
    Goal goal = new Goal(names, condition);
    goals.add(goal);
    return goal;
  }

  void forget(Goal goal) {
    goals.remove(goal);
  }

  /** The generation of each resource that the watch has shown. */
  Map<String, Long> generations() {
    Map<String, Long> generations = new HashMap<>();
    watch
        .getStore()
        .list()
        .forEach(
            seen ->
                generations.put(seen.getMetadata().getName(), seen.getMetadata().getGeneration()));
    return generations;
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

  /** Whether the watch shows all of them ready. */
  boolean areReady(Collection<String> names) {
    return watch.getStore().list().stream()
            .filter(Seen::isReady)
            .map(seen -> seen.getMetadata().getName())
            .filter(Set.copyOf(names)::contains)
            .count()
        == names.size();
  }

  private void send(
      Collection<String> names,
      String method,
      String type,
      Function<String, String> path,
      Function<String, String> json) {
    String url =
        client.getMasterUrl()
            + "apis/lambdaconfig.dev/v1alpha1/namespaces/"
            + namespace
            + "/lambdafunctionconfigs";
    Semaphore free = new Semaphore(AT_ONCE);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (String name : names) {
      free.acquireUninterruptibly();
      HttpRequest request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(url + path.apply(name))
              .method(method, type, json.apply(name))
              .build();
      answers.add(
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .whenComplete((answer, failure) -> free.release()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> response = answer.join();
      if (!response.isSuccessful()) {
        throw new BenchmarkFailed(method + " " + url + ": " + response.body());
      }
    }
  }

  /** What others than this client have asked the API server for since its start. */
  ApiRequests requestsOfOthers() {
    ApiRequests all = ApiRequests.read(client.raw("/metrics"));
    Map<String, Long> own = new HashMap<>();
    asked.forEach((key, count) -> own.put(key, count.sum()));
    return all.minus(new ApiRequests(own));
  }

  /** For a cluster that outlives the benchmark. */
  void deleteAll() {
    var unused = client.resources(Seen.class).inNamespace(namespace).delete();
  }

  @Override
  public void close() {
    watch.close();
    client.close();
  }
}
