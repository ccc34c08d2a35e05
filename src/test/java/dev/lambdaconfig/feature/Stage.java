package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.aws.LambdaClients;
import dev.lambdaconfig.cli.RunOptions;
import dev.lambdaconfig.cli.RunningOperator;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.controller.ServerSideApplyStatusStore;
import dev.lambdaconfig.controller.StrippedSerialization;
import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** For each test: a namespace of its own, a simulated AWS, and an operator between the two. */
final class Stage implements BeforeEachCallback, AfterEachCallback {

  static final Path CRD = Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml");

  private static final String ACCESS_KEY = "AKIDTEST";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Duration interval;
  private final Duration updateTime;
  private final boolean started;
  private Duration restoreTimeout = Duration.ofMinutes(10);
  private boolean readsEach;

  private boolean alone;

  private @Nullable ApiServer server;
  private @Nullable String namespace;
  private @Nullable String operatorNamespace;
  private @Nullable LambdaSimulator aws;
  private @Nullable RunningOperator operator;
  private @Nullable LambdaClients clients;

  private Stage(Duration interval, Duration updateTime, boolean started) {
    this.interval = interval;
    this.updateTime = updateTime;
    this.started = started;
  }

  /** An operator that looks for drift once an hour: what happens, a manifest or a timer caused. */
  static Stage quiet() {
    return new Stage(Duration.ofHours(1), Duration.ofMillis(150), true);
  }

  /** An operator that looks for drift every second. */
  static Stage watchful() {
    return new Stage(Duration.ofSeconds(1), Duration.ofMillis(150), true);
  }

  /**
   * An operator that reads each function about three times a second, because it may not list them:
   * for what must hold over many looks.
   */
  static Stage restless() {
    Stage stage = new Stage(Duration.ofMillis(350), Duration.ofMillis(150), true);
    stage.readsEach = true;
    return stage;
  }

  /** The same, of functions whose updates take a while. */
  static Stage slow(Duration updateTime) {
    return new Stage(Duration.ofSeconds(1), updateTime, true);
  }

  /** No operator yet: the test starts it. */
  static Stage withoutOperator() {
    return new Stage(Duration.ofSeconds(1), Duration.ofMillis(150), false);
  }

  /** No operator yet; one that the test starts is as in {@link #quiet}. */
  static Stage quietWithoutOperator() {
    return new Stage(Duration.ofHours(1), Duration.ofMillis(150), false);
  }

  /** The operators let go of what cannot be restored after this time. */
  Stage restoringFor(Duration time) {
    restoreTimeout = time;
    return this;
  }

  /** With an API server for this test alone, which may break it. */
  Stage onItsOwnServer() {
    alone = true;
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server = alone ? ApiServer.separate() : ApiServer.shared();
    server().applyCrd(CRD);
    namespace = server().freshNamespace(context.getRequiredTestClass().getSimpleName());
    operatorNamespace = server().freshNamespace("operator");
    aws = LambdaSimulator.builder().updateTime(updateTime).start();
    if (readsEach) {
      aws.faults()
          .on("ListFunctions")
          .always()
          .thenAnswer(403, "AccessDeniedException", "not authorized: lambda:ListFunctions");
    }
    if (started) {
      startOperator();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stopOperator();
    aws().close();
    // Does nothing to the shared one.
    server().close();
  }

  void startOperator() throws Exception {
    startOperator(aws().endpoint());
  }

  void startOperator(URI endpoint) throws Exception {
    operator = operator(options(), ACCESS_KEY, endpoint, server().kubeconfig());
  }

  /** An operator with other options than {@link #options()}. */
  void startOperator(RunOptions options) throws Exception {
    operator = anotherOperator(options);
  }

  /** An operator with the rights of somebody else. */
  void startOperatorAs(Path kubeconfig) throws Exception {
    operator = operator(options(), ACCESS_KEY, aws().endpoint(), kubeconfig);
  }

  /** One more operator for the same namespace; the caller closes it. */
  RunningOperator anotherOperator() throws Exception {
    return anotherOperator(options());
  }

  /** One more operator; the caller closes it. */
  RunningOperator anotherOperator(RunOptions options) throws Exception {
    return anotherOperator(options, ACCESS_KEY);
  }

  /** The same, with an access key by which its requests are told from others'. */
  RunningOperator anotherOperator(RunOptions options, String accessKey) throws Exception {
    return operator(options, accessKey, aws().endpoint(), server().kubeconfig());
  }

  /** What this stage's operators are told. */
  RunOptions options() {
    RunOptions options =
        new RunOptions(interval, 0, Set.of(namespace()), false)
            .withRestoreTimeout(restoreTimeout)
            .withOperatorNamespace(operatorNamespace());
    return readsEach ? options.withAwsMaxRequestsPerSecond(1000) : options;
  }

  /** An operator whose requests to the API server pass by an interceptor. */
  void startOperatorThrough(Interceptor interceptor) throws Exception {
    operator =
        operator(
            options(), ACCESS_KEY, aws().endpoint(), server().kubeconfig(), List.of(interceptor));
  }

  private RunningOperator operator(
      RunOptions options, String accessKey, URI endpoint, Path kubeconfig) throws Exception {
    return operator(options, accessKey, endpoint, kubeconfig, List.of());
  }

  private RunningOperator operator(
      RunOptions options,
      String accessKey,
      URI endpoint,
      Path kubeconfig,
      List<Interceptor> interceptors)
      throws Exception {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    if (!interceptors.isEmpty()) {
      // As the packaged operator has it.
      config.setRequestRetryBackoffLimit(2);
    }
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                http ->
                    interceptors.forEach(
                        each -> http.addOrReplaceInterceptor(each.getClass().getName(), each)))
            .withKubernetesSerialization(StrippedSerialization.create())
            .build();
    LambdaClients made =
        new LambdaClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")),
            endpoint);
    clients = made;
    return RunningOperator.start(
        client, made, new ServerSideApplyStatusStore(client), "eu-west-1", options);
  }

  /** The packaged operator, for this namespace; looks for drift every second. */
  OperatorJar startJar(Path folder, Map<String, String> settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("LAMBDA_CONFIG_NAMESPACES", namespace());
    all.put("LAMBDA_CONFIG_OPERATOR_NAMESPACE", operatorNamespace());
    all.put("LAMBDA_CONFIG_SWEEP_INTERVAL", "1s");
    all.putAll(settings);
    return OperatorJar.start(folder, server().kubeconfig(), aws().endpoint(), all);
  }

  void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  RunningOperator operator() {
    return requireNonNull(operator);
  }

  ApiServer server() {
    return requireNonNull(server);
  }

  String namespace() {
    return requireNonNull(namespace);
  }

  /** Where no tenant may read. */
  String operatorNamespace() {
    return requireNonNull(operatorNamespace);
  }

  LambdaSimulator aws() {
    return requireNonNull(aws);
  }

  int managementPort() {
    return requireNonNull(operator).managementPort();
  }

  /** The AWS clients of the operator that was started last. */
  LambdaClients clients() {
    return requireNonNull(clients);
  }

  /** What the operator's metrics tell now. */
  Scrape scrape() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + managementPort() + "/metrics");
      return Scrape.of(
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    }
  }

  /** Applies a manifest as Argo CD, Flux and {@code kubectl apply --server-side} do. */
  LambdaFunctionConfig apply(String name, String spec) {
    return apply(name, Map.of(), spec);
  }

  /** The same, with labels. */
  LambdaFunctionConfig apply(String name, Map<String, String> labels, String spec) {
    return client(manifest(name, labels, spec))
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("git")
                .withForce(true)
                .build());
  }

  /** Applies a manifest to another namespace. */
  LambdaFunctionConfig applyIn(String otherNamespace, String name, String spec) {
    return clientIn(
            otherNamespace,
            manifest(name, Map.of(), spec)
                .replace("namespace: " + namespace(), "namespace: " + otherNamespace))
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("git")
                .withForce(true)
                .build());
  }

  /** The client for a manifest of this namespace. */
  Resource<LambdaFunctionConfig> client(String name, String spec) {
    return client(manifest(name, Map.of(), spec));
  }

  private Resource<LambdaFunctionConfig> client(String manifest) {
    return clientIn(namespace(), manifest);
  }

  private Resource<LambdaFunctionConfig> clientIn(String in, String manifest) {
    return server()
        .client()
        .resources(LambdaFunctionConfig.class)
        .inNamespace(in)
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
  }

  private String manifest(String name, Map<String, String> labels, String spec) {
    return """
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
            namespace(),
            labels.entrySet().stream()
                .map(label -> label.getKey() + ": " + label.getValue())
                .collect(Collectors.joining(", ")),
            spec.indent(2).stripTrailing());
  }

  Resource<LambdaFunctionConfig> resource(String name) {
    return server()
        .client()
        .resources(LambdaFunctionConfig.class)
        .inNamespace(namespace())
        .withName(name);
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
    return condition == null
        ? new StatusCondition(type, "(absent)", null, "", "(absent)", "")
        : condition;
  }

  /** Returns when each of these functions was read so often again. */
  void awaitReads(int more, Collection<String> functions) {
    Map<String, Integer> before = new HashMap<>();
    functions.forEach(name -> before.put(name, aws().requests().readsOf(name).size()));
    Awaitility.await(more + " more reads of each function")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                before.entrySet().stream()
                    .allMatch(
                        entry ->
                            aws().requests().readsOf(entry.getKey()).size()
                                >= entry.getValue() + more));
  }

  /** Returns when all functions were listed so often again; at most 50 of them. */
  void awaitRounds(int more) {
    // The one that runs may have begun before.
    long wanted = aws().requests().count("ListFunctions") + more + 1;
    Awaitility.await(more + " more rounds of the sweep")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> aws().requests().count("ListFunctions") >= wanted);
  }

  /** Resources are compared by age, which the API server keeps in whole seconds. */
  void awaitNextSecond() {
    long second = Instant.now().getEpochSecond();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Instant.now().getEpochSecond() > second);
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

  LambdaFunctionConfig awaitReason(String name, String readyReason) {
    return await(
        name,
        "to have the Ready reason " + readyReason,
        resource -> {
          StatusCondition ready = find(resource, Conditions.READY);
          return ready != null && ready.reason().equals(readyReason);
        });
  }

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

  private static boolean isTrue(LambdaFunctionConfig resource, String type) {
    StatusCondition condition = find(resource, type);
    return condition != null && condition.status().equals("True");
  }

  private static @Nullable StatusCondition find(LambdaFunctionConfig resource, String type) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status == null ? null : Conditions.find(status.conditions, type);
  }
}
