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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
      answer(status, Map.of(), body);
    }

    /** Answers it, with further headers. */
    public void answer(int status, Map<String, String> further, String body) {
      reply.complete(
          exchange -> {
            further.forEach(exchange.getResponseHeaders()::add);
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

    /** Answers it without end, part by part; completes once the client wants no more. */
    public CompletableFuture<IOException> answerWithoutEnd(int status, String begin, String part) {
      return answerWithoutEnd(status, begin, CompletableFuture.completedFuture(null), part);
    }

    /** Answers it with the beginning of a body, and later without end, part by part. */
    public CompletableFuture<IOException> answerWithoutEnd(
        int status, String begin, CompletableFuture<?> later, String part) {
      return answerWithoutEnd(status, Map.of(), begin, later, part);
    }

    /** Refuses it, for so many seconds, without end; completes once the client has read that. */
    public CompletableFuture<IOException> refuseWithoutEnd(int status, int retryAfter) {
      return answerWithoutEnd(
          status,
          Map.of("Retry-After", "" + retryAfter),
          "",
          CompletableFuture.completedFuture(null),
          " ");
    }

    private CompletableFuture<IOException> answerWithoutEnd(
        int status,
        Map<String, String> further,
        String begin,
        CompletableFuture<?> later,
        String part) {
      CompletableFuture<IOException> cut = new CompletableFuture<>();
      reply.complete(
          exchange -> {
            further.forEach(exchange.getResponseHeaders()::add);
            try (OutputStream stream = exchange.getResponseBody()) {
              exchange.sendResponseHeaders(status, 0);
              stream.write(begin.getBytes(StandardCharsets.UTF_8));
              stream.flush();
              later.join();
              while (true) {
                stream.write(part.getBytes(StandardCharsets.UTF_8));
                stream.flush();
              }
            } catch (IOException e) {
              cut.complete(e);
            }
          });
      return cut;
    }

    /** Answers it with the beginning of a body, and breaks off. */
    public void breakOff(String begin) {
      reply.complete(
          exchange -> {
            byte[] bytes = begin.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length + 1);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            exchange.close();
          });
    }

    /** Whether its query asks for something. */
    public boolean has(String parameter) {
      return List.of(requireNonNull(uri.getRawQuery()).split("&")).contains(parameter);
    }
  }

  private final BlockingQueue<Arrived> waiting = new LinkedBlockingQueue<>();
  private final List<Arrived> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable Consumer<Arrived> always;
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
    Consumer<Arrived> known = always;
    if (known == null) {
      waiting.add(arrived);
    } else {
      known.accept(arrived);
    }
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

  /** Answers all requests from now on. */
  public void answerAll(Consumer<Arrived> answer) {
    always = answer;
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
