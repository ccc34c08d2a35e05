package dev.lambdaconfig.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics} over HTTP. */
public final class ManagementServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param port the port, 0 for any free one
   * @param health what the probes answer
   * @param metrics the metrics in Prometheus's text format
   * @throws IOException if the port cannot be bound
   */
  public static ManagementServer start(int port, Health health, Supplier<String> metrics)
      throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(port), 0);
    ManagementServer management = new ManagementServer(http);
    http.createContext("/livez", exchange -> probe(exchange, health.live()));
    http.createContext("/readyz", exchange -> probe(exchange, health.ready()));
    http.createContext(
        "/metrics",
        exchange ->
            respond(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    http.setExecutor(management.executor);
    http.start();
    return management;
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void probe(HttpExchange exchange, Health.Verdict verdict) throws IOException {
    respond(
        exchange, verdict.good() ? 200 : 503, "text/plain; charset=utf-8", verdict.detail() + "\n");
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
