package dev.lambdaconfig.cli.plan.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resources of a cluster whose list takes longer than the API server keeps old versions. */
final class LiveResourcesTest {

  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", LiveResourcesTest::answer);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (query.endsWith("continue=old")) {
      send(exchange, 410, "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"new\"},\"code\":410}");
    } else if (query.endsWith("continue=new")) {
      send(exchange, 200, page("", "b", "2026-01-01T00:00:00Z"));
    } else {
      send(exchange, 200, page("old", "a", "2026-01-02T00:00:00Z"));
    }
  }

  private static String page(String next, String name, String created) {
    return """
    {"metadata":{"continue":"%s"},"items":[
     {"metadata":{"namespace":"team-a","name":"%s","creationTimestamp":"%s","generation":3},
      "spec":{"functionName":"f"}}]}
    """
        .formatted(next, name, created);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream stream = exchange.getResponseBody()) {
      stream.write(bytes);
    }
  }

  @Test
  void areListedToTheEnd() {
    assertThat(LiveResources.in(client, List.of()))
        .extracting(input -> input.origin().resource())
        .containsExactly("team-a/b", "team-a/a");
    assertThat(LiveResources.in(client, List.of("team-a", "team-a")))
        .hasSize(2)
        .extracting(PlanInput::generation)
        .containsOnly(3L);
  }
}
