package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The packaged operator in a process of its own, which can be killed like any other. */
final class OperatorJar implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  /** As the text and as the JSON log say it. */
  private static final Pattern PORT = Pattern.compile("managementPort\"?\\s*[=:]\\s*\"?(\\d+)");

  private final ChildProcess process;

  private OperatorJar(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts it for the namespace and the endpoint of a stage.
   *
   * @param folder becomes its home
   * @param more settings beyond those
   */
  static OperatorJar start(Path folder, Stage stage, Map<String, String> more) throws IOException {
    return start(folder, stage, ApiServer.shared().kubeconfig(), more);
  }

  /** As {@link #start(Path, Stage, Map)}, with other rights. */
  static OperatorJar start(Path folder, Stage stage, Path kubeconfig, Map<String, String> more)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", stage.aws().endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDTEST");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("LAMBDA_CONFIG_NAMESPACES", stage.namespace());
    environment.put("LAMBDA_CONFIG_MANAGEMENT_PORT", "0");
    environment.put("LAMBDA_CONFIG_SWEEP_INTERVAL", "1s");
    environment.putAll(more);
    Files.createDirectories(folder);
    return new OperatorJar(
        ChildProcess.start(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(requireNonNull(System.getProperty("operator.jar")))
                    .toAbsolutePath()
                    .toString()),
            folder,
            environment,
            folder.resolve("operator.log")));
  }

  /** Returns when it says that it runs. */
  OperatorJar awaitRunning() {
    Awaitility.await("the operator's start")
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the operator ended:\n" + process.tail());
              }
            })
        .until(() -> port().isPresent());
    return this;
  }

  /** What a path of the management port answers. */
  String get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port().orElseThrow() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private OptionalInt port() {
    return process
        .log()
        .flatMap(line -> PORT.matcher(line).results())
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .findFirst();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it wrote to its standard streams. */
  String log() {
    return process.log().collect(Collectors.joining("\n"));
  }

  /** The end of that, for a message. */
  String tail() {
    return process.tail();
  }

  /** SIGKILL: it ends between two instructions, and cleans nothing up. */
  void kill() {
    process.close();
  }

  @Override
  public void close() {
    process.close();
  }
}
