package dev.lambdaconfig.kube.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An API server with one resource, whose status two managers own in parts. Its watch delivers
 * nothing by itself, so that a test says what comes first: an event, or an answer.
 */
final class StatusServer {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The requests, in order. */
  final List<String> requests = new ArrayList<>();

  /** The client. */
  final KubernetesClient client = proxy(KubernetesClient.class, null);

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final String prefix;
  private final Map<String, Object> own = new TreeMap<>();
  private final Map<String, Object> others = new TreeMap<>();
  private final List<LambdaFunctionConfig> versions = new ArrayList<>();
  private final Map<String, Deque<Runnable>> hooks = new TreeMap<>();
  private int version = 1;
  private int delivered;

  /**
   * Creates a server with a resource without a status.
   *
   * @param prefix what resourceVersions begin with before their number
   */
  StatusServer(String prefix) {
    this.prefix = prefix;
    stored();
  }

  /** Runs an action once, when a request is through and before its answer arrives. */
  void beforeTheAnswerTo(String request, Runnable action) {
    hooks.computeIfAbsent(request, key -> new ArrayDeque<>()).add(action);
  }

  /** Another writer changes a field of the status. */
  void forge(String field, Object value) {
    own.remove(field);
    others.put(field, value);
    version++;
    stored();
  }

  /** The resource as it is now. */
  LambdaFunctionConfig resource() {
    return versions.getLast();
  }

  /** The watch delivers all that it has not delivered, as updates of what it delivered before. */
  void deliver(BiConsumer<LambdaFunctionConfig, LambdaFunctionConfig> watcher) {
    while (delivered < versions.size() - 1) {
      delivered++;
      watcher.accept(versions.get(delivered), versions.get(delivered - 1));
    }
  }

  private LambdaFunctionConfig stored() {
    LambdaFunctionConfig resource =
        requireNonNull(serialization.unmarshal(json(), LambdaFunctionConfig.class));
    resource.compress();
    versions.add(resource);
    return resource;
  }

  private String json() {
    Map<String, Object> status = new TreeMap<>(own);
    status.putAll(others);
    List<Object> managers = new ArrayList<>();
    if (!own.isEmpty()) {
      managers.add(manager(ServerSideApplyStatusStore.FIELD_MANAGER, "Apply", own));
    }
    if (!others.isEmpty()) {
      managers.add(manager("backup-tool", "Update", others));
    }
    Map<String, Object> metadata =
        Map.of(
            "name",
            "orders",
            "namespace",
            "team-a",
            "uid",
            "uid",
            "generation",
            1,
            "resourceVersion",
            prefix + version,
            "managedFields",
            managers);
    try {
      return JSON.writeValueAsString(
          Map.of("metadata", metadata, "spec", Map.of("functionName", "orders"), "status", status));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object manager(String name, String operation, Map<String, Object> owned) {
    Map<String, Object> fields = new TreeMap<>();
    owned.keySet().forEach(field -> fields.put("f:" + field, Map.of()));
    return Map.of(
        "manager",
        name,
        "operation",
        operation,
        "subresource",
        "status",
        "fieldsV1",
        Map.of("f:status", fields));
  }

  private Object apply(LambdaFunctionConfig sent) {
    if (!(prefix + version).equals(sent.getMetadata().getResourceVersion())) {
      throw new KubernetesClientException(
          new StatusBuilder().withCode(409).withMessage("changed").build());
    }
    Map<?, ?> status = JSON.convertValue(sent.getStatus(), Map.class);
    own.clear();
    status.forEach((field, value) -> own.put(String.valueOf(field), value));
    others.keySet().removeAll(own.keySet());
    version++;
    return stored();
  }

  private Object remove(String patch) {
    try {
      for (JsonNode operation : JSON.readTree(patch)) {
        if (operation.path("op").asText().equals("remove")) {
          others.remove(operation.path("path").asText().replace("/status/", ""));
        }
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    version++;
    return stored();
  }

  private Object answered(String request, Object answer) {
    requests.add(request);
    Deque<Runnable> actions = hooks.get(request);
    if (actions != null && !actions.isEmpty()) {
      actions.remove().run();
    }
    return answer;
  }

  private <T> T proxy(Class<T> type, @Nullable LambdaFunctionConfig sent) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getKubernetesSerialization" -> serialization;
                  case "raw" -> answered("read", "{\"items\": [" + json() + "]}");
                  case "getHttpClient" ->
                      throw new KubernetesClientException("no schema is served");
                  case "resource" ->
                      proxy(NamespaceableResource.class, (LambdaFunctionConfig) arguments[0]);
                  case "subresource" -> self;
                  case "patch" ->
                      arguments.length == 1
                          ? answered("apply", apply(requireNonNull(sent)))
                          : answered("remove", remove((String) arguments[1]));
                  default -> throw new UnsupportedOperationException(method.toString());
                }));
  }
}
