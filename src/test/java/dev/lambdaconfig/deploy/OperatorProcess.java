package dev.lambdaconfig.deploy;

import dev.lambdaconfig.cluster.ChildProcess;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** The jar as a process of its own, with the environment that a Deployment gives it. */
final class OperatorProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("\"managementPort\"\\s*:\\s*\"?(\\d+)");

  private final ChildProcess process;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts the jar.
   *
   * @param folder empty; it becomes the process's home
   * @param more what no Deployment can say: where the servers of this test are
   */
  static OperatorProcess start(
      Path folder, Deployment deployment, Path kubeconfig, Map<String, String> more)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable :
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv()) {
      environment.put(variable.getName(), variable.getValue());
    }
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("HOSTNAME", folder.getFileName().toString());
    environment.put("KUBECONFIG", kubeconfig.toString());
    // As IRSA and Pod Identity would.
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    // Several run on this machine.
    environment.put("LAMBDA_CONFIG_MANAGEMENT_PORT", "0");
    environment.putAll(more);
    Files.createDirectories(folder);
    return new OperatorProcess(
        ChildProcess.start(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-jar",
                Path.of(Objects.requireNonNull(System.getProperty("operator.jar")))
                    .toAbsolutePath()
                    .toString()),
            folder,
            environment,
            folder.resolve("operator.log")));
  }

  /** Returns when it says that it runs. */
  void awaitStart() {
    await("a start").until(() -> port().isPresent());
  }

  /** What a path of the management port answers: status and body. */
  String get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port().orElseThrow() + path))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private Optional<Integer> port() {
    return process
        .log()
        .flatMap(line -> PORT.matcher(line).results())
        .map((MatchResult found) -> Integer.valueOf(found.group(1)))
        .findFirst();
  }

  /** Waits for something that cannot happen any more once the process has ended. */
  ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the operator ended:\n" + process.tail());
              }
            })
        .conditionEvaluationListener(
            new ConditionEvaluationListener<Object>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<Object> condition) {}

              @Override
              public void onTimeout(TimeoutEvent event) {
                System.err.println("the operator's log:\n" + process.tail());
              }
            });
  }

  /** SIGTERM, as a kubelet sends it. */
  void terminate() {
    process.terminate();
  }

  /** The exit code, once it has ended. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.exitsWithin(limit)) {
      throw new AssertionError("still alive after " + limit + ":\n" + process.tail());
    }
    return process.exitCode();
  }

  /** The end of its log, without the escapes of JSON that it needs not. */
  String tail() {
    return process.tail().replace("\\/", "/");
  }

  @Override
  public void close() {
    process.close();
  }
}
