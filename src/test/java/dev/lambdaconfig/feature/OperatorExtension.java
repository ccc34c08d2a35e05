package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An operator for each test, between a fresh namespace of the real API server and a simulated AWS.
 * It has the rights that the chart grants to an installation for that namespace, and no others.
 *
 * <pre>{@code
 * @RegisterExtension
 * final OperatorExtension operator = OperatorExtension.sweepingEverySecond();
 *
 * private final ResourceClient resources = operator.resources();
 *
 * @Test
 * void aSettingIsApplied() {
 *   operator.aws().createFunction(FunctionSeed.zip("orders"));
 *   resources.apply("orders", "functionName: orders\ntimeout: 30");
 *   resources.awaitReady("orders");
 *   assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
 * }
 * }</pre>
 */
final class OperatorExtension implements BeforeEachCallback, AfterEachCallback {

  static final Path CRD = Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml");

  private final Duration sweepInterval;
  private Duration updateTime = Duration.ofMillis(150);
  private Duration restoreTimeout = Duration.ofMinutes(10);
  private boolean mayListFunctions = true;
  private boolean startedByTest;
  private boolean separateApiServer;
  private final Set<ChartRights.Feature> features = EnumSet.noneOf(ChartRights.Feature.class);

  private @Nullable ApiServer server;
  private @Nullable String namespace;
  private @Nullable String operatorNamespace;
  private @Nullable ChartRights rights;
  private @Nullable LambdaSimulator aws;
  private @Nullable RunningOperator running;
  private @Nullable LambdaClients clients;

  private OperatorExtension(Duration sweepInterval) {
    this.sweepInterval = sweepInterval;
  }

  /** Looks for drift once an hour: within a test, only manifests and timers cause requests. */
  static OperatorExtension sweepingHourly() {
    return new OperatorExtension(Duration.ofHours(1));
  }

  /** Looks for drift every second. */
  static OperatorExtension sweepingEverySecond() {
    return new OperatorExtension(Duration.ofSeconds(1));
  }

  /**
   * Reads each function about three times a second, because it may not list them: for what must
   * hold over many reads.
   */
  static OperatorExtension readingEachFunction() {
    OperatorExtension operator = new OperatorExtension(Duration.ofMillis(350));
    operator.mayListFunctions = false;
    return operator;
  }

  /** Leaves it to the test to start the operator. */
  OperatorExtension startedByTest() {
    startedByTest = true;
    return this;
  }

  /** Sets the time that an update takes in AWS. */
  OperatorExtension withUpdateTime(Duration time) {
    updateTime = time;
    return this;
  }

  /** Sets the time after which a deleted resource that cannot be restored is let go. */
  OperatorExtension withRestoreTimeout(Duration time) {
    restoreTimeout = time;
    return this;
  }

  /** Takes an API server for each test alone, which the test may break. */
  OperatorExtension withSeparateApiServer() {
    separateApiServer = true;
    return this;
  }

  /** Installs the operator with the rights that these features need. */
  OperatorExtension granting(ChartRights.Feature... granted) {
    assertThat(rights).as("an installation before this grant").isNull();
    features.addAll(List.of(granted));
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server = separateApiServer ? ApiServer.separate() : ApiServer.shared();
    server().applyCrd(CRD);
    namespace = server().freshNamespace(context.getRequiredTestClass().getSimpleName());
    operatorNamespace = server().freshNamespace("operator");
    rights = new ChartRights(server(), operatorNamespace, features);
    aws = LambdaSimulator.builder().updateTime(updateTime).start();
    if (!mayListFunctions) {
      aws.faults()
          .on("ListFunctions")
          .always()
          .thenAnswer(403, "AccessDeniedException", "not authorized: lambda:ListFunctions");
    }
    if (!startedByTest) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    aws().faults().clear(); // A call that still hangs would hold up the stop for 20 s.
    stop();
    aws().close();
    rights().close();
    server().close(); // Does nothing to the shared server.
  }

  /** Starts the operator. */
  void start() throws Exception {
    start(setup -> setup);
  }

  /** Starts the operator with other options than {@link #options()}. */
  void start(RunOptions options) throws Exception {
    start(setup -> setup.withOptions(options));
  }

  /** Starts the operator with some of its parts replaced. */
  void start(UnaryOperator<OperatorSetup> change) throws Exception {
    OperatorSetup setup = change(change);
    clients = setup.lambdaClients();
    running = setup.start(clients());
  }

  /** Starts one more operator for the same namespace; the caller closes it. */
  RunningOperator startAnother() throws Exception {
    return startAnother(setup -> setup);
  }

  /** Starts one more operator with some of its parts replaced; the caller closes it. */
  RunningOperator startAnother(UnaryOperator<OperatorSetup> change) throws Exception {
    OperatorSetup setup = change(change);
    return setup.start(setup.lambdaClients());
  }

  /** Starts the packaged operator for this namespace; it looks for drift every second. */
  OperatorJar startJar(Path folder, Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("LAMBDA_CONFIG_NAMESPACES", namespace());
    all.put("LAMBDA_CONFIG_OPERATOR_NAMESPACE", operatorNamespace());
    all.put("LAMBDA_CONFIG_SWEEP_INTERVAL", "1s");
    all.putAll(environment);
    return OperatorJar.start(folder, rights().kubeconfig(all), aws().endpoint(), all);
  }

  private OperatorSetup change(UnaryOperator<OperatorSetup> change) {
    URI endpoint = aws().endpoint();
    OperatorSetup setup = change.apply(OperatorSetup.of(options(), endpoint));
    return setup.kubeconfig() != null
        ? setup
        : setup.withKubeconfig(rights().kubeconfig(setup.options().namespaces()));
  }

  /** Stops the operator that {@link #start} started, if there is one. */
  void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** The options of an operator that is started without others. */
  RunOptions options() {
    RunOptions options =
        new RunOptions(sweepInterval, 0, Set.of(namespace()), false)
            .withRestoreTimeout(restoreTimeout)
            .withOperatorNamespace(operatorNamespace());
    return mayListFunctions ? options : options.withAwsMaxRequestsPerSecond(1000);
  }

  RunningOperator running() {
    return requireNonNull(running);
  }

  /** The AWS clients of the operator that {@link #start} started last. */
  LambdaClients clients() {
    return requireNonNull(clients);
  }

  ApiServer server() {
    return requireNonNull(server);
  }

  /** The rights of operators in the cluster. */
  ChartRights rights() {
    return requireNonNull(rights);
  }

  /** The namespace of the test's resources. */
  String namespace() {
    return requireNonNull(namespace);
  }

  /** The operator's own namespace, which no tenant may read. */
  String operatorNamespace() {
    return requireNonNull(operatorNamespace);
  }

  ResourceClient resources() {
    return new ResourceClient(this::server, this::namespace);
  }

  /** The resources of another namespace. */
  ResourceClient resourcesIn(String otherNamespace) {
    return new ResourceClient(this::server, () -> otherNamespace);
  }

  LambdaSimulator aws() {
    return requireNonNull(aws);
  }

  int managementPort() {
    return running().managementPort();
  }

  /** The metrics of the running operator. */
  Scrape scrape() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + managementPort() + "/metrics");
      return Scrape.of(
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    }
  }

  /** Creates a function and a resource of the same name, and returns once the two are in sync. */
  LambdaFunctionConfig givenInSync(String name, String settings) {
    aws().createFunction(FunctionSeed.zip(name));
    resources().apply(name, "functionName: " + name + "\n" + settings);
    return resources().awaitReady(name);
  }

  /** Creates a function and a resource of the same name, whose update AWS refuses for good. */
  void givenRefused(String name) {
    aws().createFunction(FunctionSeed.zip(name));
    resources().apply(name, "functionName: " + name + "\nruntime: cobol85");
    resources().awaitStalled(name, "InvalidParameterValueException");
  }

  /** Returns when the operator has read each of these functions that many times more. */
  void awaitReads(int more, Collection<String> functions) {
    AwaitedCalls.reads(aws().requests(), more, functions);
  }

  /** Returns when the operator has listed all functions, at most 50, that many times more. */
  void awaitSweeps(int more) {
    AwaitedCalls.sweeps(aws().requests(), more);
  }
}
