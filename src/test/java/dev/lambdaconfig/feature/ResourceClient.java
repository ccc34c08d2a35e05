package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The LambdaFunctionConfigs of one namespace: what a user does to them by kubectl, and sees. */
final class ResourceClient {

  /** Upper bound of each wait; generous, because the machine may have much else to do. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Status and reason of a condition that a resource does not have. */
  static final String ABSENT = "(absent)";

  private final Supplier<ApiServer> server;
  private final Supplier<String> namespace;

  /**
   * Creates a client.
   *
   * @param server the API server, once the test has begun
   * @param namespace the namespace, once the test has begun
   */
  ResourceClient(Supplier<ApiServer> server, Supplier<String> namespace) {
    this.server = server;
    this.namespace = namespace;
  }

  /** Applies a manifest as Argo CD, Flux and {@code kubectl apply --server-side} do. */
  LambdaFunctionConfig apply(String name, String spec) {
    return apply(name, Map.of(), spec);
  }

  /** Applies a manifest with labels. */
  LambdaFunctionConfig apply(String name, Map<String, String> labels, String spec) {
    return load(name, labels, spec)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("git")
                .withForce(true)
                .build());
  }

  /** A manifest that is not sent yet. */
  Resource<LambdaFunctionConfig> load(String name, String spec) {
    return load(name, Map.of(), spec);
  }

  private Resource<LambdaFunctionConfig> load(
      String name, Map<String, String> labels, String spec) {
    String manifest =
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata:
          name: %s
          namespace: %s
          labels: {%s}
        spec:
        %s
        """
            .formatted(
                name,
                namespace.get(),
                labels.entrySet().stream()
                    .map(label -> label.getKey() + ": " + label.getValue())
                    .collect(Collectors.joining(", ")),
                spec.indent(2).stripTrailing());
    return client().load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
  }

  private NonNamespaceOperation<
          LambdaFunctionConfig,
          KubernetesResourceList<LambdaFunctionConfig>,
          Resource<LambdaFunctionConfig>>
      client() {
    return server.get().client().resources(LambdaFunctionConfig.class).inNamespace(namespace.get());
  }

  Resource<LambdaFunctionConfig> resource(String name) {
    return client().withName(name);
  }

  List<LambdaFunctionConfig> list() {
    return client().list().getItems();
  }

  LambdaFunctionConfig get(String name) {
    return requireNonNull(resource(name).get(), () -> "no resource " + name);
  }

  LambdaFunctionConfigStatus status(String name) {
    return requireNonNull(get(name).getStatus(), () -> "no status of " + name);
  }

  List<UpdateRecord> history(String name) {
    return Objects.requireNonNullElse(status(name).history, List.of());
  }

  /** A condition, or one that says that there is none. */
  StatusCondition condition(String name, String type) {
    StatusCondition condition = Conditions.find(status(name).conditions, type);
    return condition == null ? new StatusCondition(type, ABSENT, null, "", ABSENT, "") : condition;
  }

  /** Adds an annotation, or replaces its value. */
  void annotate(String name, String annotation, String value) {
    // Without the version that was read: the operator writes statuses at the same time.
    resource(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of("metadata", Map.of("annotations", Map.of(annotation, value)))));
  }

  /** Asks for a reconcile now. */
  void requestReconcile(String name, String token) {
    annotate(name, "lambdaconfig.dev/reconcile-requested-at", token);
  }

  /** Returns when a request for a reconcile is handled, whatever came of it. */
  LambdaFunctionConfig awaitHandled(String name, String token) {
    return await(
        name,
        "to have handled the request " + token,
        resource -> {
          LambdaFunctionConfigStatus status = resource.getStatus();
          return status != null && token.equals(status.lastHandledReconcileAt);
        });
  }

  LambdaFunctionConfig awaitReady(String name) {
    return await(
        name,
        "to be Ready for its generation",
        resource ->
            isTrue(resource, Conditions.READY)
                && resource
                    .getMetadata()
                    .getGeneration()
                    .equals(requireNonNull(resource.getStatus()).observedGeneration));
  }

  LambdaFunctionConfig awaitStalled(String name, String reason) {
    return await(
        name,
        "to be Stalled with " + reason,
        resource -> {
          StatusCondition stalled = find(resource, Conditions.STALLED);
          return stalled != null && stalled.reason().equals(reason);
        });
  }

  /** Returns when the Ready condition has that reason. */
  LambdaFunctionConfig awaitReason(String name, String readyReason) {
    return await(
        name,
        "to have the Ready reason " + readyReason,
        resource -> {
          StatusCondition ready = find(resource, Conditions.READY);
          return ready != null && ready.reason().equals(readyReason);
        });
  }

  /**
   * Returns when the resource has reached a state.
   *
   * @param what the state, for the message of a failure: "to be Ready"
   */
  LambdaFunctionConfig await(String name, String what, Predicate<LambdaFunctionConfig> reached) {
    LambdaFunctionConfig[] last = new LambdaFunctionConfig[1];
    Awaitility.await(name + " " + what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              last[0] = get(name);
              LambdaFunctionConfigStatus status = last[0].getStatus();
              assertThat(reached.test(last[0]))
                  .as(
                      "%s %s; its conditions are %s, its history is %s",
                      name,
                      what,
                      status == null ? null : status.conditions,
                      status == null ? null : status.history)
                  .isTrue();
            });
    return last[0];
  }

  void awaitGone(String name) {
    Awaitility.await(name + " to be gone")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> resource(name).get() == null);
  }

  /**
   * Returns in another second than it was called in: resources are compared by their age, which the
   * API server keeps in whole seconds.
   */
  void awaitNextSecond() {
    long second = Instant.now().getEpochSecond();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Instant.now().getEpochSecond() > second);
  }

  private static boolean isTrue(LambdaFunctionConfig resource, String type) {
    StatusCondition condition = find(resource, type);
    return condition != null && condition.status().equals("True");
  }

  private static @Nullable StatusCondition find(LambdaFunctionConfig resource, String type) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status == null ? null : Conditions.find(status.conditions, type);
  }
}
