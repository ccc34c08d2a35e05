package dev.lambdaconfig.bench;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.program.OpenResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An API server, a simulated AWS and an operator, for one setting. */
final class Fleet implements AutoCloseable {

  private static final String CRD = "crds/lambdafunctionconfigs.lambdaconfig.dev.yaml";

  /** Events are sent behind the work; when none came for so long the last one was sent. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final int LONGEST_QUIET = 60;

  /** The time after a change of all until memory counts as that at rest. */
  static final Duration REST = Duration.ofSeconds(30);

  private final Setting setting;
  private final BenchOptions options;
  private final List<String> names;
  private final OpenResources resources = new OpenResources(System.err::println);
  private final Path logs;
  private final FleetClient client;
  private final SimulatorProcess aws;
  private final Launch launch;
  private final String apiServer;
  private final ApiServer server;
  private final boolean given;
  private final List<String> notes = new ArrayList<>();
  private int starts;

  /** Whether the API server has restarted, and so counts anew. */
  private boolean countersLost;

  private volatile @Nullable OperatorProcess operator;

  /**
   * Starts API server and AWS.
   *
   * @param timeout what the functions have, in seconds
   */
  Fleet(Setting setting, BenchOptions options, Source source, int timeout) throws IOException {
    this.setting = setting;
    this.options = options;
    this.names =
        IntStream.range(0, setting.functions())
            .mapToObj(number -> String.format("function-%05d", number))
            .toList();
    this.logs =
        Files.createDirectories(
            options.basedir().resolve("target/benchmarks/logs").resolve(fileName(setting)));
    try {
      Path home = temporaryFolder();
      this.server = open(ApiServer.start(source));
      this.apiServer = server.describe().replaceFirst(",.*", "");
      server.applyCrd(options.basedir().resolve(CRD));
      String namespace = server.freshNamespace("bench");
      this.given = source instanceof Source.Given;
      this.client = open(FleetClient.start(server.kubeconfig(), namespace));
      if (given) {
        open(client::deleteAll);
      }
      this.aws =
          open(SimulatorProcess.start(setting, timeout, temporaryFolder(), log("simulator")));
      this.launch =
          Launch.of(
              options,
              setting,
              server.kubeconfig(),
              aws.endpoint(),
              given ? List.of("--namespaces=" + namespace) : List.of(),
              home);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String fileName(Setting setting) {
    return setting.functions() + "-" + (setting.isThrottled() ? setting.rate() : "unthrottled");
  }

  private Path temporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("lambda-config-bench-");
    open(() -> delete(folder));
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path log(String name) throws IOException {
    Path log = logs.resolve(name + ".log");
    Files.deleteIfExists(log);
    return log;
  }

  private <T extends AutoCloseable> T open(T resource) {
    return resources.open(resource);
  }

  /** Its kind and version. */
  String apiServer() {
    return apiServer;
  }

  Setting setting() {
    return setting;
  }

  BenchOptions options() {
    return options;
  }

  List<String> names() {
    return names;
  }

  FleetClient client() {
    return client;
  }

  SimulatorProcess aws() {
    return aws;
  }

  OperatorProcess operator() {
    return requireNonNull(operator, "no operator was started");
  }

  /** Starts the operator; the last one must have ended. */
  OperatorProcess startOperator() throws IOException {
    return start(launch);
  }

  /** The same with an AOT cache. */
  OperatorProcess startOperator(Path cache) throws IOException {
    return start(launch.with(cache));
  }

  private OperatorProcess start(Launch how) throws IOException {
    starts++;
    operator = open(OperatorProcess.start(how, log("operator-" + starts)));
    return operator;
  }

  /** The same with one more option, and another endpoint of AWS. */
  OperatorProcess startOperator(String option, URI endpoint) throws IOException {
    return start(launch.with(option, endpoint));
  }

  boolean hasOwnApiServer() {
    return !given;
  }

  /** Stops the API server for so long; its clients then connect anew. */
  void restartApiServer(Duration outage) throws IOException, InterruptedException {
    countersLost = true;
    ApiServer.Outage now = server.outage();
    try {
      operator().live(outage);
    } finally {
      now.close();
    }
  }

  /** Adds a line to what is measured at present. */
  void note(String line) {
    notes.add(line);
  }

  /** Makes an AOT cache that lasts as long as this fleet. */
  Path trainCache() throws IOException, InterruptedException {
    return Launch.train(options, temporaryFolder());
  }

  /** The function of a resource, as its manifest names it. */
  String function(String name) {
    int index = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return setting.estate().function(index, name);
  }

  /** The manifest of one resource. */
  String manifest(String name, int timeout) {
    return Manifest.of(name, function(name), timeout);
  }

  /** Waits until all got there, as long as the operator lives and there is hope. */
  void await(Goal goal) throws InterruptedException {
    Instant end = Instant.now().plus(setting.patience());
    while (!goal.await(Duration.ofSeconds(1))) {
      operator().live(Duration.ZERO);
      if (Instant.now().isAfter(end)) {
        throw new BenchmarkFailed(
            goal.missing()
                + " of "
                + goal.size()
                + " not there after "
                + setting.patience().toSeconds()
                + " s");
      }
    }
  }

  /** Every function must have it, or what was measured is worth nothing. */
  void requireTimeout(int timeout) throws IOException, InterruptedException {
    int there = aws.withTimeout(timeout);
    if (there != names.size()) {
      throw new BenchmarkFailed(
          "only " + there + " of " + names.size() + " functions have timeout " + timeout);
    }
  }

  /** What happens, and what of it took how long. */
  @FunctionalInterface
  interface Work {
    void run(Map<String, Duration> times) throws IOException, InterruptedException;
  }

  /** Measures what the operator, AWS and the API server do meanwhile. */
  Measurement measure(Scenario scenario, String title, Work work)
      throws IOException, InterruptedException {
    Map<String, Duration> times = new LinkedHashMap<>();
    ProcessHandle process = operator == null ? null : operator.handle();
    Duration cpuBefore = Duration.ZERO;
    if (process != null && process.isAlive()) {
      ProcessUsage.forgetPeak(process);
      cpuBefore = ProcessUsage.of(process).cpu();
    }
    ApiRequests apiBefore = client.requestsOfOthers();
    notes.clear();
    aws.forget();
    Instant start = Instant.now();
    String problem = "";
    AnonymousPeak ownPeak = new AnonymousPeak(this::process);
    Duration wall;
    AwsCalls calls;
    ApiRequests api;
    try (ownPeak) {
      try {
        work.run(times);
      } catch (BenchmarkFailed e) {
        problem = String.valueOf(e.getMessage());
      }
      wall = Duration.between(start, Instant.now());
      calls = aws.calls();
      api = quiet().minus(apiBefore);
    }
    ProcessHandle after = operator().handle();
    ProcessUsage used = ProcessUsage.of(after);
    Duration cpu = after.equals(process) ? used.cpu().minus(cpuBefore) : used.cpu();
    boolean changesAll = scenario == Scenario.CONVERGE || scenario == Scenario.CHANGE;
    return new Measurement(
        setting,
        scenario,
        title,
        problem,
        wall,
        times,
        calls,
        countersLost ? ApiRequests.NONE : api,
        used.with(cpu, ownPeak.bytes()),
        changesAll ? names.size() : 0,
        notes,
        scenario == Scenario.CHANGE && problem.isEmpty() ? rest() : null);
  }

  private @Nullable ProcessHandle process() {
    OperatorProcess now = operator;
    return now == null ? null : now.handle();
  }

  private ProcessUsage rest() throws InterruptedException {
    operator().live(REST);
    return ProcessUsage.of(operator().handle());
  }

  /** The requests of others, once their events have all been sent. */
  private ApiRequests quiet() throws InterruptedException {
    ApiRequests now = client.requestsOfOthers();
    for (int look = 0; look < LONGEST_QUIET; look++) {
      long events = now.eventWrites();
      operator().live(QUIET);
      now = client.requestsOfOthers();
      if (now.eventWrites() == events) {
        break;
      }
    }
    return now;
  }

  @Override
  public void close() {
    resources.close();
  }
}
