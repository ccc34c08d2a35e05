package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** One of several namespaces of a stage, with functions of its own. */
final class Tenant {

  /** The label of all their resources, for an operator that watches all namespaces. */
  static final String SELECTOR = "tenants-of";

  private static final String MANIFEST =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      metadata: {name: %s, namespace: %s, labels: {tenants-of: %s}}
      spec: {functionName: %s, timeout: %d}
      """;

  private final Stage stage;
  private final String namespace;
  private final List<String> names;

  private Tenant(Stage stage, String namespace, List<String> names) {
    this.stage = stage;
    this.namespace = namespace;
    this.names = names;
  }

  /** A new namespace; its functions are called after it, and have a timeout of 30 seconds. */
  static Tenant of(Stage stage, String name, int functions) {
    List<String> names = IntStream.range(0, functions).mapToObj(i -> name + "-" + i).toList();
    names.forEach(
        function -> stage.aws().createFunction(FunctionSeed.zip(function).with("Timeout", 30)));
    return new Tenant(stage, stage.server().freshNamespace(name), names);
  }

  String namespace() {
    return namespace;
  }

  List<String> names() {
    return names;
  }

  void apply(int timeout) {
    names.forEach(name -> apply(name, timeout));
  }

  void apply(String name, int timeout) {
    String manifest = MANIFEST.formatted(name, namespace, stage.namespace(), name, timeout);
    client()
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("git")
                .withForce(true)
                .build());
  }

  void annotate(String name, String annotation, String value) {
    resource(name)
        .edit(
            resource -> {
              resource.getMetadata().getAnnotations().put(annotation, value);
              return resource;
            });
  }

  Resource<LambdaFunctionConfig> resource(String name) {
    return client().withName(name);
  }

  private NonNamespaceOperation<
          LambdaFunctionConfig,
          KubernetesResourceList<LambdaFunctionConfig>,
          Resource<LambdaFunctionConfig>>
      client() {
    return stage.server().client().resources(LambdaFunctionConfig.class).inNamespace(namespace);
  }

  List<LambdaFunctionConfig> resources() {
    return client().list().getItems();
  }

  void awaitReady() {
    await("to be Ready for their generation", Fleet::isReady);
  }

  /** All have failed, or are held back. */
  void awaitHeld(String code) {
    await(
        "to have failed or to be paused",
        resource -> List.of(code, "UpdatesPaused").contains(readyReason(resource)));
  }

  void await(String what, Predicate<LambdaFunctionConfig> reached) {
    Awaitility.await(namespace + " " + what)
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(resources())
                    .hasSize(names.size())
                    .allSatisfy(
                        resource ->
                            assertThat(reached.test(resource))
                                .as("%s", Fleet.condition(resource, Conditions.READY))
                                .isTrue()));
  }

  static String readyReason(LambdaFunctionConfig resource) {
    var ready = Fleet.condition(resource, Conditions.READY);
    return ready != null
            && Objects.equals(ready.observedGeneration(), resource.getMetadata().getGeneration())
        ? ready.reason()
        : "(not told)";
  }

  /** The updates of its functions, whatever came of them. */
  Collection<LoggedRequest> updates() {
    return stage
        .aws()
        .requests()
        .where(request -> request.isUpdate() && names.contains(request.functionName()));
  }

  List<Event> events(String reason) {
    return stage.server().client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> reason.equals(event.getReason()))
        .toList();
  }

  /** An operator for the resources of all tenants of a stage. */
  static void startOperator(Stage stage) throws Exception {
    stage.startOperator(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(), false)
            .withSelector(SELECTOR + "=" + stage.namespace())
            .withAwsMaxRequestsPerSecond(1000));
  }

  /** The message of one that is held back. */
  static Map<String, String> messages(Collection<LambdaFunctionConfig> resources) {
    return resources.stream()
        .collect(
            Collectors.toMap(
                resource -> resource.getMetadata().getName(),
                resource ->
                    Objects.requireNonNull(Fleet.condition(resource, Conditions.READY)).message()));
  }
}
