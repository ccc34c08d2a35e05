package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An operator in a process of its own. */
final class OperatorProcess implements AutoCloseable {

  private static final Pattern DEBUG_PORT = Pattern.compile("debugPort\"?\\s*[=:]\\s*\"?(\\d+)");
  private static final Pattern MANAGEMENT_PORT =
      Pattern.compile("managementPort\"?\\s*[=:]\\s*\"?(\\d+)");

  /** Longer than 100,000 resources take to be listed; a process that ends is noticed at once. */
  private static final Duration START = Duration.ofMinutes(10);

  private static final Duration STOP = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final Instant started;
  private final OperatorMapping.Running running;

  private OperatorProcess(ChildProcess process, Instant started, OperatorMapping.Running running) {
    this.process = process;
    this.started = started;
    this.running = running;
  }

  static OperatorProcess start(Launch launch, Path log) throws IOException {
    Instant started = Instant.now();
    return new OperatorProcess(
        ChildProcess.start(launch.command(), launch.home(), launch.environment(), log),
        started,
        launch.running());
  }

  /** How long it took from its start until it said that it runs. */
  Duration awaitRunning() {
    Awaitility.await("the operator's start")
        .atMost(START)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive() || isRunning());
    requireAlive();
    return Duration.between(started, Instant.now());
  }

  private boolean isRunning() {
    if (running.log() != null) {
      Pattern pattern = Pattern.compile(running.log());
      return process.log().anyMatch(line -> pattern.matcher(line).find());
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(URI.create(running.url())).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The port of {@code /debug/state}, of an operator that runs with one. */
  int debugPort() {
    return port(DEBUG_PORT);
  }

  /** The port of probes and metrics. */
  int managementPort() {
    return port(MANAGEMENT_PORT);
  }

  private int port(Pattern pattern) {
    return process
        .log()
        .flatMap(line -> pattern.matcher(line).results())
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new BenchmarkFailed("the operator's log lacks " + pattern));
  }

  Instant started() {
    return started;
  }

  /** Lets time pass, in which it must live. */
  void live(Duration time) throws InterruptedException {
    if (process.exitsWithin(time)) {
      requireAlive();
    }
  }

  private void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchmarkFailed("the operator ended:\n" + process.tail());
    }
  }

  ProcessHandle handle() {
    return process.handle();
  }

  /** SIGTERM, as a kubelet sends it; how long it took to end. */
  Duration terminate() throws InterruptedException {
    Instant asked = Instant.now();
    process.terminate();
    if (!process.exitsWithin(STOP)) {
      throw new BenchmarkFailed("the operator did not end within " + STOP.toSeconds() + " s");
    }
    return Duration.between(asked, Instant.now());
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.close();
  }
}
