package dev.lambdaconfig.ops;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.ops.ManagementServer.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of clients of the management port, which never keep a probe from its answer. */
final class ManagementServerTest {

  private static final int MOST = 16;

  /** A time limit for tests that are not about time. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Health HEALTHY =
      new Health() {
        @Override
        public ProbeResult live() {
          return new ProbeResult(true, "works");
        }

        @Override
        public ProbeResult ready() {
          return new ProbeResult(false, "starts");
        }
      };

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /livez HTTP/1.1, 200, works",
    "GET /livez HTTP/1.0, 200, works",
    "GET /livez?verbose HTTP/1.1, 200, works",
    "GET /readyz HTTP/1.1, 503, starts",
    "GET /metrics HTTP/1.1, 200, up 1",
    "GET / HTTP/1.1, 404, /metrics",
    "GET /livez/x HTTP/1.1, 404, /metrics",
    "POST /livez HTTP/1.1, 405, only GET",
    "GET /livez, 400, not an HTTP request",
    "SSH-2.0-client, 400, not an HTTP request"
  })
  void eachRequestHasItsAnswer(String request, int status, String body) throws IOException {
    try (ManagementServer server = serve("up 1\n", LONG)) {
      String answer = answer(send(server, request + "\r\n\r\n"));

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(body);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /debug/state HTTP/1.1, 200, {}",
    "GET /metrics HTTP/1.1, 404, /debug/state",
    "POST /debug/state HTTP/1.1, 405, only GET"
  })
  void theDebugPortHasOnlyTheState(String request, int status, String body) throws IOException {
    try (ManagementServer server = ManagementServer.startDebug(0, () -> "{}")) {
      String answer = answer(send(server, request + "\r\n\r\n"));

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(body);
    }
  }

  @Test
  void theManagementPortHasNoState() throws IOException {
    try (ManagementServer server = serve("up 1\n", LONG)) {
      assertThat(answer(send(server, "GET /debug/state HTTP/1.1\r\n\r\n")))
          .startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void theDebugPortIsOfOneLoopbackAddressAlone() throws IOException {
    try (ManagementServer server = ManagementServer.startDebug(0, () -> "{}");
        Socket client = new Socket()) {
      // When: not even another loopback address leads to it, and so none of a network does
      InetSocketAddress other = new InetSocketAddress("127.0.0.2", server.port());

      // Then
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.connect(other, 10_000));
    }
  }

  @Test
  void aHeadHasTheLengthAndNoBody() throws IOException {
    try (ManagementServer server = serve("up 1\n", LONG)) {
      String answer = answer(send(server, "HEAD /metrics HTTP/1.1\r\n\r\n"));

      assertThat(answer).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void threeThousandConnectionsLeaveFewBehindAndKeepNoProbeOut() throws IOException {
    try (ManagementServer server = serve("up 1\n", LONG)) {
      // When
      for (int i = 0; i < 3_000; i++) {
        send(server, i % 2 == 0 ? "" : "POST /livez HTTP/1.1\r\nContent-Length: 100\r\n");
      }

      // Then
      assertThat(server.connections()).isLessThanOrEqualTo(MOST);
      assertThat(answer(send(server, "GET /livez HTTP/1.1\r\n\r\n"))).contains(" 200 ");
      Awaitility.await("the others to be closed")
          .atMost(Duration.ofSeconds(60))
          .until(() -> clients.stream().filter(client -> !isHungUp(client)).count() <= MOST);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /livez HT",
        "POST /livez HTTP/1.1\r\nContent-Length: 100\r\n",
        "GET /metrics HTTP/1.1\r\n\r\n"
      })
  void whatLastsTooLongIsClosed(String sent) throws IOException {
    // A client that neither reads a large answer nor sends the rest of its request.
    try (ManagementServer server = serve("x".repeat(30_000_000), Duration.ofMillis(300))) {
      // When
      for (int i = 0; i < 3; i++) {
        send(server, sent);
      }

      // Then
      Awaitility.await("the connections to be closed")
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.connections() == 0);
    }
  }

  @Test
  void aHeadThatIsSentByteByByteIsNotWaitedFor() throws IOException {
    try (ManagementServer server = serve("up 1\n", Duration.ofMillis(500))) {
      Socket client = send(server, "GET /livez HTTP/1.1\r\n");

      // When: it sends a little for as long as it can
      Awaitility.await("the end of the connection")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !sends(client, "X: 1\r\n"));

      // Then
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aHeadWithoutEndIsRefused() throws IOException {
    try (ManagementServer server = serve("up 1\n", LONG)) {
      String answer = answer(send(server, "GET /livez HTTP/1.1\r\n" + "X: y\r\n".repeat(3_000)));

      assertThat(answer).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void metricsThatNobodyReadsKeepNoProbeOut() throws IOException {
    try (ManagementServer server = serve("x".repeat(30_000_000), LONG)) {
      // When
      for (int i = 0; i < 3 * MOST; i++) {
        send(server, "GET /metrics HTTP/1.1\r\n\r\n");
      }

      // Then
      assertThat(answer(send(server, "GET /livez HTTP/1.1\r\n\r\n"))).contains(" 200 ");
      assertThat(server.connections()).isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void itIsGoneOnceClosed() throws IOException {
    ManagementServer server = serve("up 1\n", LONG);
    Socket idle = send(server, "");

    server.close();

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isHungUp(idle));
    assertThat(server.connections()).isZero();
  }

  private static ManagementServer serve(String metrics, Duration time) throws IOException {
    return ManagementServer.start(0, HEALTHY, () -> metrics, new Limits(MOST, time));
  }

  private Socket send(ManagementServer server, String request) throws IOException {
    Socket client = new Socket();
    clients.add(client);
    client.setReceiveBufferSize(4096);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 60_000);
    client.setSoTimeout(60_000);
    sends(client, request);
    return client;
  }

  /** Returns whether the client can still send. */
  private static boolean sends(Socket client, String text) {
    try {
      client.getOutputStream().write(text.getBytes(US_ASCII));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String answer(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  private static boolean isHungUp(Socket client) {
    try {
      client.setSoTimeout(1);
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
