package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.Resource;
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

/** One of several namespaces that one operator watches, with functions of its own. */
final class Tenant {

  /** The label of all tenants' resources, for an operator that watches all namespaces. */
  static final String SELECTOR = "tenants-of";

  private final OperatorExtension operator;
  private final String namespace;
  private final List<String> names;

  private Tenant(OperatorExtension operator, String namespace, List<String> names) {
    this.operator = operator;
    this.namespace = namespace;
    this.names = names;
  }

  /** Creates a namespace, and functions with its name as prefix and a timeout of 30 seconds. */
  static Tenant of(OperatorExtension operator, String name, int functions) {
    List<String> names = IntStream.range(0, functions).mapToObj(i -> name + "-" + i).toList();
    names.forEach(
        function -> operator.aws().createFunction(FunctionSeed.zip(function).with("Timeout", 30)));
    return new Tenant(operator, operator.server().freshNamespace(name), names);
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
    client()
        .apply(
            name,
            Map.of(SELECTOR, operator.namespace()),
            "functionName: " + name + "\ntimeout: " + timeout);
  }

  void annotate(String name, String annotation, String value) {
    client().annotate(name, annotation, value);
  }

  Resource<LambdaFunctionConfig> resource(String name) {
    return client().resource(name);
  }

  List<LambdaFunctionConfig> resources() {
    return client().list();
  }

  private ResourceClient client() {
    return operator.resourcesIn(namespace);
  }

  void awaitReady() {
    await("to be Ready for their generation", Fleet::isReady);
  }

  /** Returns when the update of each has failed or is paused. */
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

  /** The updates of its functions, with any outcome. */
  Collection<LoggedRequest> updates() {
    return operator
        .aws()
        .requests()
        .where(request -> request.isUpdate() && names.contains(request.functionName()));
  }

  List<Event> events(String reason) {
    return operator
        .server()
        .client()
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> reason.equals(event.getReason()))
        .toList();
  }

  /** Starts an operator for the resources of all tenants of a test. */
  static void startOperator(OperatorExtension operator) throws Exception {
    operator.start(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(), false)
            .withSelector(SELECTOR + "=" + operator.namespace())
            .withAwsMaxRequestsPerSecond(1000));
  }

  /** The message of each one's condition Ready, by name. */
  static Map<String, String> messages(Collection<LambdaFunctionConfig> resources) {
    return resources.stream()
        .collect(
            Collectors.toMap(
                resource -> resource.getMetadata().getName(),
                resource ->
                    Objects.requireNonNull(Fleet.condition(resource, Conditions.READY)).message()));
  }
}
