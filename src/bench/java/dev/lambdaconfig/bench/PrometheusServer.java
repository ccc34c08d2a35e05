package dev.lambdaconfig.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Prometheus of the machine's own that scrapes one operator. */
final class PrometheusServer implements AutoCloseable {

  static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofMinutes(1);
  private static final Pattern VERSION = Pattern.compile("version[ =]+([0-9][0-9.]*)");

  private final ChildProcess process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  private PrometheusServer(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it.
   *
   * @param target the port of the operator's metrics
   * @param labels what a cluster's Prometheus adds to each sample
   * @param folder an empty one
   */
  static PrometheusServer start(int target, Map<String, String> labels, Path folder, Path log)
      throws IOException {
    String listed =
        labels.entrySet().stream()
            .map(label -> label.getKey() + ": " + label.getValue())
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: %ds, scrape_timeout: %ds}
            scrape_configs:
              - job_name: lambda-config-operator
                static_configs: [{targets: ["127.0.0.1:%d"], labels: {%s}}]
            """
                .formatted(
                    SCRAPE_INTERVAL.toSeconds(), SCRAPE_INTERVAL.toSeconds(), target, listed));
    URI address = URI.create("http://127.0.0.1:" + freePort());
    ChildProcess process =
        ChildProcess.start(
            List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address.getAuthority()),
            folder,
            Map.of("PATH", System.getenv("PATH")),
            log);
    PrometheusServer server = new PrometheusServer(process, address);
    try {
      Awaitility.await("Prometheus's start")
          .atMost(START)
          .until(() -> !process.isAlive() || server.isReady());
      if (!process.isAlive()) {
        throw new BenchmarkFailed("Prometheus ended:\n" + process.tail());
      }
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Its version, as it logs it. */
  String version() {
    return process
        .log()
        .flatMap(line -> VERSION.matcher(line.replace("\"", "")).results())
        .map(found -> found.group(1))
        .findFirst()
        .orElse("unknown");
  }

  /** Evaluates an expression at each step: the series, each with its labels and its values. */
  JsonNode range(String expression, Instant from, Instant to, Duration step)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        get(
            "/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
                .formatted(
                    URLEncoder.encode(expression, StandardCharsets.UTF_8),
                    from.getEpochSecond(),
                    to.getEpochSecond(),
                    step.toSeconds()));
    if (response.statusCode() != 200) {
      throw new BenchmarkFailed(expression + ": " + response.body());
    }
    return mapper.readTree(response.body()).at("/data/result");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }
}
