package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** The packaged operator in a process of its own, which a test can kill. */
public final class OperatorJar implements AutoCloseable {

  /** Several start at once, on a machine that has other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The management port in a line of the text or JSON log. */
  private static final Pattern PORT = Pattern.compile("managementPort\"?\\s*[=:]\\s*\"?(\\d+)");

  private static final Path LAUNCHER = Path.of("src/main/launcher").toAbsolutePath();

  private final ChildProcess process;

  private OperatorJar(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder becomes its home; the last name of the path becomes its host's
   * @param kubeconfig where the API server is, and whom the operator acts as
   * @param aws where AWS is
   * @param settings environment variables besides those
   */
  public static OperatorJar start(
      Path folder, Path kubeconfig, URI aws, Map<String, String> settings) throws IOException {
    return start(folder, kubeconfig, aws, settings, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  /** Starts it with the heap and the options of the JVM that the launcher gives it. */
  public static OperatorJar startAsShipped(
      Path folder, Path kubeconfig, URI aws, Map<String, String> settings) throws IOException {
    return start(
        folder,
        kubeconfig,
        aws,
        settings,
        List.of("@" + LAUNCHER.resolve("jvm.options"), shippedHeap()));
  }

  /** The option of the JVM for the heap that the launcher gives it. */
  static String shippedHeap() throws IOException {
    return Files.readAllLines(LAUNCHER.resolve("lambda-config-operator")).stream()
        .filter(line -> line.startsWith("HEAP="))
        .map(line -> line.substring("HEAP=".length()))
        .findFirst()
        .orElseThrow();
  }

  private static OperatorJar start(
      Path folder, Path kubeconfig, URI aws, Map<String, String> settings, List<String> options)
      throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("HOSTNAME", folder.getFileName().toString());
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", aws.toString());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDTEST");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    // A free port: several operators may run on this machine.
    environment.put("LAMBDA_CONFIG_MANAGEMENT_PORT", "0");
    Files.createDirectories(folder);
    return new OperatorJar(
        ChildProcess.start(command(options), folder, environment, folder.resolve("operator.log")));
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options);
    command.add("-jar");
    command.add(
        Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath().toString());
    return command;
  }

  /** Returns when it says that it runs. */
  public OperatorJar awaitRunning() {
    await("the operator's start").until(() -> port().isPresent());
    return this;
  }

  /** Waits for something that cannot happen any more once the process has ended. */
  public ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the operator ended:\n" + tail());
              }
            })
        .conditionEvaluationListener(
            new ConditionEvaluationListener<Object>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<Object> condition) {}

              @Override
              public void onTimeout(TimeoutEvent event) {
                System.err.println("the operator's log:\n" + tail());
              }
            });
  }

  /** The answer of a path of the management port: status and body. */
  public String get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port().orElseThrow() + path);
      var response = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    }
  }

  private OptionalInt port() {
    return process
        .log()
        .flatMap(line -> PORT.matcher(line).results())
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .findFirst();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, as a kubelet sends it. */
  public void terminate() {
    process.terminate();
  }

  /** SIGKILL: it ends between two instructions, and cleans nothing up. */
  public void kill() {
    process.close();
  }

  /** SIGSTOP: it stands still, as on a host that hangs, until {@link #resume()}. */
  public void pause() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  /** Sends SIGCONT: the process continues without knowing how long it was stopped. */
  public void resume() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  /** The exit code, once it has ended. */
  public int exitCode(Duration limit) throws InterruptedException {
    if (!process.exitsWithin(limit)) {
      throw new AssertionError("still alive after " + limit + ":\n" + tail());
    }
    return process.exitCode();
  }

  /** All that it wrote to its standard streams. */
  public String log() {
    return process.log().collect(Collectors.joining("\n"));
  }

  /** The end of that, without the escapes of JSON that it needs not, for a message. */
  public String tail() {
    return process.tail().replace("\\/", "/");
  }

  @Override
  public void close() {
    process.close();
  }
}
