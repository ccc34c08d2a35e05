package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint whose only page of functions names itself as the next one. */
final class EndlessListIT {

  private static final byte[] PAGE =
      """
      {"Functions": [{
         "FunctionName": "orders",
         "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:orders",
         "Timeout": 30}],
       "NextMarker": "again"}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger lists = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            lists.incrementAndGet();
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exportWritesWhatItShowsAndFails() {
    // When
    ExportRunner.Result result =
        ExportRunner.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).run();

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).contains("names itself as the next one");
    assertThat(result.out()).contains("functionName: orders").contains("timeout: 30");
    assertThat(lists).hasValue(2);
  }
}
