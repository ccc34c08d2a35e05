package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.NoApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.cluster.Speed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code .ci/dashboard}: lets a fleet live through {@link DashboardStory} while a Prometheus
 * scrapes its operator, and records what the queries of the dashboard give.
 */
public final class DashboardRecorder {

  private static final Path DASHBOARD = Path.of("deploy/grafana/lambda-config-operator.json");
  private static final Path RECORDING = Path.of("docs/images/dashboard.recording");

  private static final int FUNCTIONS = 800;
  private static final int REGIONS = 2;

  /** What the scrape configuration of docs/metrics.md adds in a cluster. */
  private static final Map<String, String> LABELS =
      Map.of("namespace", "lambda-config-system", "pod", "operator-0");

  /** Allows everything, so that there is one. */
  private static final String POLICY = "rules: [{namespaces: [\"*\"]}]\n";

  private final BenchOptions options;
  private final PrintStream out;

  private DashboardRecorder(BenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Records, and ends the process.
   *
   * @param arguments as {@link BenchOptions} reads them
   */
  public static void main(String[] arguments) throws Exception {
    BenchProcess.end(
        out -> {
          try {
            new DashboardRecorder(BenchOptions.parse(arguments), out).run();
            return 0;
          } catch (BenchmarkFailed | NoApiServer e) {
            out.println("FAILED: " + e.getMessage());
            return 1;
          }
        });
  }

  private void run() throws IOException, InterruptedException {
    Source source =
        ApiServer.locate(Speed.MINUTES)
            .source()
            .orElseThrow(() -> new BenchmarkFailed("No Kubernetes API server."));
    Machine machine = Machine.here(options.basedir());
    Candidate candidate = Candidate.ours(options, "commit " + machine.commit());
    Setting setting = new Setting(FUNCTIONS, Setting.QUOTA, new Estate(1, REGIONS, false));
    try (Fleet fleet = new Fleet(setting, candidate, options, source, DashboardStory.DECLARED);
        EndpointGate endpoint = new EndpointGate(fleet.aws().endpoint())) {
      Path policy = Files.writeString(fleet.temporaryFolder().resolve("policy.yaml"), POLICY);
      OperatorProcess operator = fleet.runs().start("--policy-file=" + policy, endpoint.address());
      var unused = operator.awaitRunning();
      Path log = options.results().resolve("logs/prometheus.log");
      Files.deleteIfExists(log);
      try (PrometheusServer prometheus =
          PrometheusServer.start(operator.managementPort(), LABELS, fleet.temporaryFolder(), log)) {
        Instant from = now();
        new DashboardStory(fleet, endpoint, words -> tell(from, words)).run();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("operator", "commit " + machine.commit());
        facts.put("prometheus", prometheus.version());
        facts.put("apiServer", fleet.apiServer());
        facts.put("machine", machine.text());
        facts.put("fleet", "%d functions in %d Regions".formatted(FUNCTIONS, REGIONS));
        String json =
            new DashboardRecording(prometheus, from, now())
                .json(options.basedir().resolve(DASHBOARD), facts);
        Files.writeString(options.basedir().resolve(RECORDING), json);
        out.println("written: " + RECORDING);
      }
    }
  }

  private void tell(Instant from, String words) {
    long seconds = Duration.between(from, Instant.now()).toSeconds();
    out.printf("%2d:%02d %s%n", seconds / 60, seconds % 60, words);
  }

  /** Whole steps, as Grafana aligns them. */
  private static Instant now() {
    long step = 4 * PrometheusServer.SCRAPE_INTERVAL.toSeconds();
    return Instant.ofEpochSecond(Instant.now().getEpochSecond() / step * step);
  }
}
