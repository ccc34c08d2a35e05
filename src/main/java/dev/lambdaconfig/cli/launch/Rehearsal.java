package dev.lambdaconfig.cli.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lambdaconfig.cli.launch.RehearsalAnswers.Reply;
import dev.lambdaconfig.timing.WaitingThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Stand-ins for the API server and for Lambda: just enough that an operator starts, updates a
 * function and reports the update. They listen on the loopback only.
 */
final class Rehearsal {

  /** The time without a request after which the operator counts as having nothing more to do. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final int MOST_REQUESTS = 200;

  private final HttpsServer server;
  private final RehearsalKey key;
  private final ExecutorService threads = WaitingThreads.perTask("rehearsal");
  private final RehearsalAnswers answers = new RehearsalAnswers();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore requests = new Semaphore(0);

  private Rehearsal(HttpsServer server, RehearsalKey key) {
    this.server = server;
    this.key = key;
  }

  /** Starts both on one port. */
  static Rehearsal open(RehearsalKey key) throws IOException, GeneralSecurityException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(key.server()));
    Rehearsal rehearsal = new Rehearsal(server, key);
    server.createContext("/", rehearsal::answer);
    server.setExecutor(rehearsal.threads);
    server.start();
    return rehearsal;
  }

  /** The URL of both. */
  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Writes a kubeconfig for the API server into a folder. */
  Path kubeconfig(Path folder) throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: rehearsal, cluster: {server: "%s", certificate-authority-data: "%s"}}
        users:
        - {name: rehearsal, user: {token: none}}
        contexts:
        - {name: rehearsal, context: {cluster: rehearsal, user: rehearsal, namespace: rehearsal}}
        current-context: rehearsal
        """
            .formatted(url(), key.certificateData()));
  }

  /**
   * Waits until the operator has reported its update and asks for nothing more, so that each
   * rehearsal of a build loads the same classes; returns whether it reported in time.
   */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    boolean inTime = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    boolean asks = inTime;
    for (int asked = 0; asks && asked < MOST_REQUESTS; asked++) {
      asks = requests.tryAcquire(QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }
    return inTime;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (query.contains("watch=true")) {
      watch(exchange);
      return;
    }
    respond(exchange, answers.to(exchange.getRequestMethod(), path, body));
    if (!RehearsalAnswers.isRenewal(path)) {
      requests.release();
    }
    if (RehearsalAnswers.isEnd(path, body)) {
      ended.countDown();
    }
  }

  /** Sends one change. Without WebSockets the client reads events as lines. */
  private static void watch(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      respond(exchange, new Reply(200, "{}"));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange
        .getResponseBody()
        .write((RehearsalAnswers.CHANGE + "\n").getBytes(StandardCharsets.UTF_8));
    // Left open: the end of the process closes it.
    exchange.getResponseBody().flush();
  }

  private static void respond(HttpExchange exchange, Reply answer) throws IOException {
    try (exchange) {
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.code(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
