package dev.lambdaconfig.kube.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stands in for an API server whose answers a test gives, each to a request that has arrived. */
public final class PageServer implements AutoCloseable {

  /** The seconds after which nothing is waited for any more. */
  public static final long SECONDS = 10;

  @FunctionalInterface
  private interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  /**
   * A request that waits for its answer.
   *
   * @param uri the path and query
   * @param headers the headers, by name
   */
  public record Arrived(
      String method, URI uri, Map<String, List<String>> headers, CompletableFuture<Reply> reply) {

    /** Answers it. */
    public void answer(int status, String body) {
      reply.complete(
          exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream stream = exchange.getResponseBody()) {
              stream.write(bytes);
            }
          });
    }

    /** Answers it without end; what is returned completes once the client wants no more. */
    public CompletableFuture<IOException> answerWithoutEnd() {
      CompletableFuture<IOException> cut = new CompletableFuture<>();
      reply.complete(
          exchange -> {
            try (OutputStream stream = exchange.getResponseBody()) {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                stream.write(new byte[8192]);
                stream.flush();
              }
            } catch (IOException e) {
              cut.complete(e);
            }
          });
      return cut;
    }

    /** Whether its query asks for something. */
    public boolean has(String parameter) {
      return List.of(requireNonNull(uri.getRawQuery()).split("&")).contains(parameter);
    }
  }

  private final BlockingQueue<Arrived> waiting = new LinkedBlockingQueue<>();
  private final List<Arrived> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts it. */
  public PageServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Arrived arrived =
        new Arrived(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            new CompletableFuture<>());
    requests.add(arrived);
    waiting.add(arrived);
    try {
      arrived.reply().get(SECONDS, TimeUnit.SECONDS).to(exchange);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      exchange.close();
    }
  }

  /** Its address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next request, as soon as it arrives. */
  public Arrived next() throws InterruptedException {
    return requireNonNull(waiting.poll(SECONDS, TimeUnit.SECONDS), "no request has arrived");
  }

  /** All requests so far, as they were sent. */
  public List<String> requests() {
    return requests.stream().map(each -> each.method() + " " + each.uri()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
