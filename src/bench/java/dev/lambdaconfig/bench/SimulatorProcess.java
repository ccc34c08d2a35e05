package dev.lambdaconfig.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cluster.ChildProcess;
import dev.lambdaconfig.simulator.SimulatorMain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The simulated Lambda API, in a process of its own: its work is not the operator's. */
final class SimulatorProcess implements AutoCloseable {

  /** Time until an answer; the usual operator was measured with the same. */
  static final Duration LATENCY = Duration.ofMillis(20);

  /** Time for which an update is in progress; as for the usual operator. */
  static final Duration UPDATE_TIME = Duration.ofMillis(800);

  /** Variables of each function, so that resources and answers are as large as real ones. */
  static final int VARIABLES = 8;

  private static final Pattern ADDRESS = Pattern.compile("Lambda simulator at (\\S+)");
  private static final Duration START = Duration.ofMinutes(5);

  private final ChildProcess process;
  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();

  private SimulatorProcess(ChildProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts it.
   *
   * @param timeout the Timeout of each function, in seconds
   * @param identities the flags of the roles, if the estate has any
   */
  static SimulatorProcess start(
      Setting setting, int timeout, List<String> identities, Path folder, Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                setting.functions() > 20_000 ? "-Xmx4g" : "-Xmx1g",
                "-XX:+UseSerialGC",
                "-classpath",
                classPath(),
                SimulatorMain.class.getName(),
                "--functions=" + setting.functions(),
                "--accounts=" + String.join(",", setting.estate().accountIds()),
                "--regions=" + String.join(",", setting.estate().regionNames()),
                "--timeout=" + timeout,
                "--variables=" + VARIABLES,
                "--latency-ms=" + LATENCY.toMillis(),
                "--update-time-ms=" + UPDATE_TIME.toMillis(),
                "--rate=" + setting.rate(),
                "--requests-kept=100"));
    command.addAll(identities);
    ChildProcess process =
        ChildProcess.start(command, folder, Map.of("PATH", "/usr/bin:/bin"), log);
    try {
      Awaitility.await("the simulator's start")
          .atMost(START)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !process.isAlive() || address(process) != null);
      String address = address(process);
      if (address == null) {
        throw new BenchmarkFailed("the simulator ended:\n" + process.tail());
      }
      return new SimulatorProcess(process, URI.create(address));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** That of this process, wherever another one runs. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static @Nullable String address(ChildProcess process) {
    return process
        .log()
        .flatMap(line -> ADDRESS.matcher(line).results())
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElse(null);
  }

  URI endpoint() {
    return endpoint;
  }

  AwsCalls calls() throws IOException, InterruptedException {
    SortedMap<String, AwsCalls.Count> counts = new TreeMap<>();
    ask("GET", "counts", "")
        .properties()
        .forEach(
            entry -> {
              JsonNode count = entry.getValue();
              counts.put(
                  entry.getKey(),
                  new AwsCalls.Count(
                      count.path("requests").asLong(),
                      count.path("throttled").asLong(),
                      count.path("failed").asLong(),
                      Instant.parse(count.path("first").asText())));
            });
    return new AwsCalls(counts);
  }

  /** Counts anew. */
  void forget() throws IOException, InterruptedException {
    ask("DELETE", "requests", "");
  }

  /** Somebody else's change. */
  void change(String function, String json) throws IOException, InterruptedException {
    ask("POST", "functions/" + function, json);
  }

  /** Refuses the next updates, of whatever function. */
  void refuseUpdates(int times) throws IOException, InterruptedException {
    ask(
        "POST",
        "faults",
        """
        {"operation": "UpdateFunctionConfiguration", "times": %d, "status": 403,
         "code": "AccessDeniedException", "message": "The role has no right to do this."}
        """
            .formatted(times));
  }

  /** How many functions have that Timeout. */
  int withTimeout(int timeout) throws IOException, InterruptedException {
    return ask("GET", "values/Timeout", "").path(String.valueOf(timeout)).asInt();
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/_simulator/" + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new BenchmarkFailed(method + " " + path + ": " + response.body());
    }
    return mapper.readTree(response.body().isEmpty() ? "{}" : response.body());
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }
}
