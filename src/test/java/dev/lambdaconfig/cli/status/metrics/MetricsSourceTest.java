package dev.lambdaconfig.cli.status.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from an address that answers in each way. */
final class MetricsSourceTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration NO_PATIENCE = Duration.ofSeconds(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answering("/metrics", 200, "lambdaconfig_leader 1\n");
    answering("/broken", 500, "lambdaconfig_leader 1\n");
    answering("/page", 200, "<html>welcome</html>");
    server.createContext("/silent", exchange -> await());
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('l');
          exchange.getResponseBody().flush();
          await();
        });
    server.createContext("/endless", MetricsSourceTest::answerWithoutEnd);
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/metrics");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "", "/"})
  void anOperatorIsReadAtItsPathOrWithoutOne(String path) {
    OperatorFigures figures = read(path, PATIENCE);

    assertThat(figures.problem()).isNull();
    assertThat(figures.leader()).isTrue();
    assertThat(figures.source()).isEqualTo(uri(path));
  }

  @Test
  void aStatusThatIsNotOkIsAProblem() {
    assertThat(read("/broken", PATIENCE).problem()).isEqualTo("it answers with status 500");
  }

  @Test
  void aRedirectionIsNotFollowed() {
    assertThat(read("/elsewhere", PATIENCE).problem()).isEqualTo("it answers with status 302");
  }

  @Test
  void anotherPageIsAProblem() {
    assertThat(read("/page", PATIENCE).problem()).contains("no metrics of this operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/silent", "/slow"})
  void anAnswerThatDoesNotEndIsNotAwaited(String path) {
    assertThat(read(path, NO_PATIENCE).problem()).contains("within 1 s");
  }

  @Test
  void anAnswerWithoutEndIsRefusedForItsLength() {
    assertThat(read("/endless", PATIENCE).problem()).isEqualTo("its answer is longer than 4 MB");
  }

  @Test
  void anAddressWhereNobodyListensIsAProblem() {
    server.stop(0);

    assertThat(read("/metrics", PATIENCE).problem())
        .isEqualTo(
            "it cannot be reached (the connection is refused): check host and port, which for a Pod"
                + " are those of kubectl port-forward");
  }

  @Test
  void standardInputIsReadInPlaceOfAnAddress() {
    InputStream input =
        new ByteArrayInputStream("lambdaconfig_leader 0\n".getBytes(StandardCharsets.UTF_8));

    OperatorFigures figures = new MetricsSource("-", input, PATIENCE).read();

    assertThat(figures.problem()).isNull();
    assertThat(figures.source()).isEqualTo("standard input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "file:///etc/passwd", "http:///x", "ftp://a/b", " "})
  void whatIsNoAddressIsRefusedBeforehand(String source) {
    assertThat(MetricsSource.problem(source)).startsWith("--metrics: '" + source + "' is no URL");
  }

  private OperatorFigures read(String path, Duration limit) {
    return new MetricsSource(uri(path), InputStream.nullInputStream(), limit).read();
  }

  private String uri(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void answering(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static void answerWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] part = "lambdaconfig_leader 1\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream body = exchange.getResponseBody()) {
      while (true) {
        body.write(part);
      }
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
