package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An answer that does not end is given up, whatever its encoding. */
final class EndlessAnswersTest {

  private static final Target ORDERS = new Target("eu-west-1", "orders");

  /** Enough to tell an answer that is given up from one that is read. */
  private static final long END = 64_000_000;

  private static final byte[] ITEMS = "\"a\",".repeat(2000).getBytes(StandardCharsets.US_ASCII);

  private final AtomicLong written = new AtomicLong();
  private HttpServer server;
  private LambdaClients clients;
  private SdkLambdaFunctions functions;
  private volatile int status = 200;
  private volatile boolean compressed;
  private volatile String encoding = "gzip";
  private volatile long length = END;

  @BeforeEach
  void connect() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    clients =
        new LambdaClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    functions = new SdkLambdaFunctions(clients, CallListener.NONE);
  }

  @AfterEach
  void close() {
    clients.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"200, false", "200, true", "400, false", "500, true"})
  void whatDoesNotEndIsGivenUp(int withStatus, boolean asGzip) {
    // Given
    status = withStatus;
    compressed = asGzip;

    // When
    Answer answer = functions.read(ORDERS);

    // Then
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              Failure failure = failed.failure();
              assertThat(failure.code())
                  .isEqualTo(withStatus == 200 ? Failure.CLIENT_ERROR : "HTTP" + withStatus);
              if (withStatus == 200) {
                assertThat(failure.message())
                    .startsWith(
                        "the answer to GetFunctionConfiguration has more than 2000000 bytes")
                    .contains("AWS_ENDPOINT_URL");
              }
            });
    // Compressed, all of it fits into buffers.
    assertThat(written.get()).isLessThan(asGzip ? Long.MAX_VALUE : END / 2);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void whatEndsIsRead(boolean asGzip) {
    // Given
    compressed = asGzip;
    length = 1_500_000;

    // Then
    assertThat(functions.read(ORDERS)).isInstanceOf(Answer.Described.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "X-Gzip", " gzip "})
  void theNameOfTheEncodingIsReadAsHttpWritesIt(String name) {
    // Given
    compressed = true;
    encoding = name;
    length = 0;

    // Then
    assertThat(functions.read(ORDERS)).isInstanceOf(Answer.Described.class);
  }

  @Test
  void theConnectionsOfAnswersThatAreGivenUpComeBack() {
    // When: more than a pool has
    for (int i = 0; i < 70; i++) {
      functions.read(ORDERS);
    }

    // Then
    length = 0;
    assertThat(functions.read(ORDERS)).isInstanceOf(Answer.Described.class);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (compressed) {
        exchange.getResponseHeaders().set("Content-Encoding", encoding);
      }
      exchange.sendResponseHeaders(status, 0);
      OutputStream body = exchange.getResponseBody();
      try (OutputStream out = compressed ? new GZIPOutputStream(body) : body) {
        out.write(
            ("{\"FunctionName\": \"orders\", \"FunctionArn\":"
                    + " \"arn:aws:lambda:eu-west-1:123456789012:function:orders\","
                    + " \"Architectures\": [")
                .getBytes(StandardCharsets.US_ASCII));
        for (long sent = 0; sent < length; sent += ITEMS.length) {
          out.write(ITEMS);
          written.addAndGet(ITEMS.length);
        }
        out.write("\"a\"]}".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
