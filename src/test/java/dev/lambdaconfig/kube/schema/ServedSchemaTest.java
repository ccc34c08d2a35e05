package dev.lambdaconfig.kube.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the served schema is looked at, and what a look that fails changes. */
final class ServedSchemaTest {

  private static final String WHOLE = "{\"x-kubernetes-preserve-unknown-fields\": true}";
  private static final String LACKING = "{\"properties\": {}}";

  /** The {@code If-None-Match} of each request. */
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private final AtomicLong nanos = new AtomicLong();
  private volatile CountDownLatch answering = new CountDownLatch(0);
  private volatile Duration slowness = Duration.ZERO;
  private volatile int code = 200;
  private volatile String spec = WHOLE;
  private volatile @Nullable String tag;

  private final HttpServer server = serve();
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder()
                  .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                  .withRequestRetryBackoffLimit(0)
                  .build())
          .build();
  private final ServedSchema schema = new ServedSchema(client, nanos::get);

  private HttpServer serve() {
    try {
      HttpServer created =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      created.createContext("/openapi/v3/apis/lambdaconfig.dev/v1alpha1", this::answer);
      return created;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void await() throws IOException {
    try {
      answering.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    await();
    nanos.addAndGet(slowness.toNanos());
    requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
    byte[] body =
        """
        {"components": {"schemas": {"x": {
          "x-kubernetes-group-version-kind": [{"kind": "LambdaFunctionConfig"}],
          "properties": {"spec": %s, "status": %s}
        }}}}
        """
            .formatted(spec, WHOLE)
            .getBytes(UTF_8);
    String current = tag;
    if (current != null) {
      exchange.getResponseHeaders().set("ETag", current);
    }
    exchange.sendResponseHeaders(code, code == 304 ? -1 : body.length);
    if (code != 304) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
    schema.refresh();
  }

  @Test
  void aBurstTakesFourLooksASecond() {
    for (int millis = 0; millis < 2_000; millis += 10) {
      schema.refresh();
      nanos.addAndGet(Duration.ofMillis(10).toNanos());
    }

    assertThat(requests).hasSize(8);
  }

  @Test
  void anUnchangedDocumentIsNotSentAgain() {
    tag = "v1";
    schema.refresh();
    code = 304;
    after(Duration.ofSeconds(1));

    assertThat(requests).containsExactly("null", "v1");
    assertThat(schema.hidden()).isEmpty();
  }

  @Test
  void whatIsHiddenIsFoundByTheNextLookAndStaysUntilALookShowsOtherwise() {
    // Given
    schema.refresh();
    spec = LACKING;
    assertThat(schema.hidden()).isEmpty();

    // When, Then
    after(Duration.ofMillis(251));
    assertThat(schema.hidden()).contains("functionName", "environment.policy");
    code = 503;
    after(Duration.ofMillis(251));
    assertThat(schema.hidden()).as("of a document that cannot be read").isNotEmpty();
    assertThat(requests).hasSize(3);

    // When
    code = 200;
    spec = WHOLE;
    after(Duration.ofSeconds(10));

    // Then
    assertThat(schema.hidden()).isEmpty();
  }

  @Test
  void aProcessThatIsToEndWritesNothingUntilItHas() {
    // Given
    AtomicInteger restarts = new AtomicInteger();
    schema.watch(restarts::incrementAndGet);
    spec = LACKING;
    schema.refresh();
    assertThatThrownBy(schema::requireWhole)
        .isInstanceOf(SpecHiddenException.class)
        .hasMessageContaining("environment.policy");

    // When
    spec = WHOLE;
    after(Duration.ofSeconds(1));
    after(Duration.ofSeconds(1));

    // Then
    assertThat(restarts).hasValue(1);
    assertThatThrownBy(schema::requireWhole).isInstanceOf(SpecHiddenException.class);
  }

  @Test
  void manyThatWaitForASlowAnswerTakeItOrTheNextOne() throws Exception {
    // Given: an answer that takes longer than it counts, while all others wait
    slowness = Duration.ofMillis(300);
    answering = new CountDownLatch(1);
    List<Thread> workers =
        Stream.generate(() -> Thread.ofPlatform().start(schema::refresh)).limit(20).toList();
    Awaitility.await("all to wait").until(() -> workers.stream().allMatch(this::waits));

    // When
    answering.countDown();
    for (Thread worker : workers) {
      worker.join();
    }

    // Then
    assertThat(requests).hasSizeBetween(1, 2);
  }

  private boolean waits(Thread worker) {
    return worker.getState() == Thread.State.WAITING
        || worker.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void aDocumentThatMayNotBeReadIsAskedForEveryTenSeconds() {
    code = 403;

    for (int seconds = 0; seconds < 60; seconds++) {
      after(Duration.ofSeconds(1));
    }

    assertThat(requests).hasSize(6);
    assertThat(schema.hidden()).isEmpty();
    assertThat(schema.status().missing()).isEmpty();
  }

  @Test
  void afterAFailureTheNextLookFollowsWithinASecond() {
    code = 503;
    schema.refresh();
    code = 200;
    spec = LACKING;

    after(Duration.ofMillis(900));
    assertThat(requests).hasSize(1);
    after(Duration.ofMillis(101));
    assertThat(schema.hidden()).isNotEmpty();
  }
}
