package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.program.OpenResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An API server, a simulated AWS and an operator, for one setting. */
final class Fleet implements AutoCloseable {

  private final Setting setting;
  private final Candidate candidate;
  private final BenchOptions options;
  private final List<String> names;
  private final OpenResources resources = new OpenResources(System.err::println);
  private final FleetClient client;
  private final SimulatorProcess aws;
  private final OperatorRuns runs;
  private final String apiServer;
  private final ApiServer server;
  private final boolean given;

  /** Whether the API server has restarted, and so counts anew. */
  private boolean countersLost;

  /**
   * Starts API server and AWS.
   *
   * @param timeout what the functions have, in seconds
   */
  Fleet(Setting setting, Candidate candidate, BenchOptions options, Source source, int timeout)
      throws IOException {
    this.setting = setting;
    this.candidate = candidate;
    this.options = options;
    this.names =
        IntStream.range(0, setting.functions())
            .mapToObj(number -> String.format("function-%05d", number))
            .toList();
    Path logs =
        Files.createDirectories(
            options
                .results()
                .resolve("logs")
                .resolve(setting.fileName() + candidate.role().suffix()));
    Progress progress = new Progress("start", () -> "API server and simulated AWS");
    try {
      Path home = temporaryFolder();
      this.server = open(ApiServer.start(source, options.data()));
      this.apiServer = server.describe().replaceFirst(",.*", "");
      candidate.crds().forEach(server::applyCrd);
      String namespace = server.freshNamespace("bench");
      this.given = source instanceof Source.Given;
      this.client = open(FleetClient.start(server.kubeconfig(), namespace, candidate.mapping()));
      if (given) {
        open(client::deleteAll);
      }
      Path log = logs.resolve("simulator.log");
      Files.deleteIfExists(log);
      List<String> identities =
          setting.estate().roles()
              ? EstateRoles.create(setting.estate(), server.client(), namespace, temporaryFolder())
              : List.of();
      this.aws = open(SimulatorProcess.start(setting, timeout, identities, temporaryFolder(), log));
      Launch launch =
          Launch.of(
              candidate,
              options,
              setting,
              new Launch.Surroundings(
                  server.kubeconfig(),
                  aws.endpoint(),
                  open(new IdentityEndpoint()).address(),
                  namespace,
                  home));
      this.runs =
          new OperatorRuns(
              given && candidate.isPackaged() ? launch.with("--namespaces=" + namespace) : launch,
              logs,
              resources);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    } finally {
      progress.close();
    }
  }

  /** A folder that lasts as long as this fleet. */
  Path temporaryFolder() throws IOException {
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

  Candidate candidate() {
    return candidate;
  }

  BenchOptions options() {
    return options;
  }

  /** How long one look at all functions may take. */
  Duration sweep() {
    return setting.sweep(options.interval(setting));
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

  OperatorRuns runs() {
    return runs;
  }

  /** The operator that was started last. */
  OperatorProcess operator() {
    return runs.current();
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

  /** Whether the API server counts since the start of the fleet. */
  boolean countsRequests() {
    return !countersLost;
  }

  /** The function of a resource, as its manifest names it. */
  String function(String name) {
    return setting.estate().function(index(name), name);
  }

  private static int index(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  /** The manifest of one resource, as JSON. */
  String manifest(String name, int timeout) {
    Estate estate = setting.estate();
    String manifest =
        candidate.mapping().resource().manifest(estate.placeholders(index(name), name, timeout));
    return estate.roles()
        ? EstateRoles.naming(manifest, estate.serviceAccount(index(name)))
        : manifest;
  }

  /** Sets another timeout of some resources. */
  void patch(List<String> some, int timeout) {
    client.patch(some, candidate.mapping().resource().change(timeout));
  }

  /** How far the resources are, for people. */
  String progress() {
    return "%,d of %,d resources ready".formatted(client.watch().ready(), names.size());
  }

  /** Ready for a generation that is not there yet. */
  Goal readyForMore(List<String> some) {
    Map<String, Long> before = client.watch().generations();
    return client
        .watch()
        .goal(
            some,
            seen -> seen.isReady() && seen.generation() > before.getOrDefault(seen.name(), 0L));
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

  /** Waits until every function has it; returns when AWS has accepted the last update. */
  Instant awaitTimeout(int timeout) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(setting.patience());
    while (aws.withTimeout(timeout) != names.size()) {
      operator().live(Duration.ofMillis(100));
      if (Instant.now().isAfter(end)) {
        requireTimeout(timeout);
      }
    }
    return Instant.now();
  }

  @Override
  public void close() {
    resources.close();
  }
}
