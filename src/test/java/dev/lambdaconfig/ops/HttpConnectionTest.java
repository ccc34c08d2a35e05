package dev.lambdaconfig.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.HttpConnection.Request;
import dev.lambdaconfig.ops.HttpConnection.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request and its response, over a socket that is only two buffers. */
final class HttpConnectionTest {

  private static final Response FINE = new Response(200, "text/plain", "fine\n");

  private final List<Request> requests = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "GET /livez HTTP/1.1, GET, /livez",
    "HEAD /readyz?verbose=1 HTTP/1.0, HEAD, /readyz",
    "get /livez/x HTTP/1.1, get, /livez/x"
  })
  void aRequestIsItsMethodAndPath(String line, String method, String path) throws Exception {
    exchange(line + "\r\nHost: x\r\n\r\n", FINE);

    assertThat(requests).containsExactly(new Request(method, path));
  }

  @Test
  void theResponseSaysHowLongItIsAndThatItIsTheLast() throws Exception {
    String response = exchange("GET / HTTP/1.1\r\n\r\n", FINE);

    assertThat(response)
        .isEqualTo(
            String.join(
                "\r\n",
                "HTTP/1.1 200 ",
                "Content-Type: text/plain",
                "Content-Length: 5",
                "Connection: close",
                "",
                "fine\n"));
  }

  @Test
  void theLengthIsThatOfTheBytes() throws Exception {
    String response = exchange("GET / HTTP/1.1\r\n\r\n", new Response(200, "text/plain", "µ"));

    assertThat(response).contains("Content-Length: 2\r\n");
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichAre() throws Exception {
    String response =
        exchange("PUT / HTTP/1.1\r\n\r\n", new Response(405, "text/plain", "only GET\n"));

    assertThat(response).startsWith("HTTP/1.1 405 \r\nAllow: GET, HEAD\r\n").endsWith("only GET\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\n",
        "GET / extra HTTP/1.1\r\n\r\n",
        "GET / HTTP/2\r\n\r\n",
        "GET / HTTP/1.1\n\n"
      })
  void whatIsNoWholeHeadIsRefused(String sent) throws Exception {
    String response = exchange(sent, FINE);

    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertThat(requests).isEmpty();
  }

  @Test
  void aHeadOfEightKilobytesIsTheLongest() throws Exception {
    String rest = "GET / HTTP/1.1\r\nX: ";

    String longest = exchange(rest + "x".repeat(8192 - rest.length() - 4) + "\r\n\r\n", FINE);
    String longer = exchange(rest + "x".repeat(8192 - rest.length() - 3) + "\r\n\r\n", FINE);

    assertThat(longest).startsWith("HTTP/1.1 200 ");
    assertThat(longer).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void withoutAnAnswerTheConnectionIsClosed() throws Exception {
    TwoBuffers socket = new TwoBuffers("GET / HTTP/1.1\r\n\r\n");

    serve(socket, request -> null);

    assertThat(socket.out.size()).isZero();
    assertThat(socket.closed).isTrue();
  }

  @Test
  void anAnswerThatFailsEndsItsConnectionOnly() throws Exception {
    TwoBuffers socket = new TwoBuffers("GET / HTTP/1.1\r\n\r\n");

    serve(
        socket,
        request -> {
          throw new IllegalStateException("as planned");
        });

    assertThat(socket.closed).isTrue();
  }

  private String exchange(String sent, Response response) throws InterruptedException {
    TwoBuffers socket = new TwoBuffers(sent);
    serve(
        socket,
        request -> {
          requests.add(request);
          return response;
        });
    return socket.out.toString(ISO_8859_1);
  }

  private static void serve(Socket socket, HttpConnection.Answers answers)
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    new HttpConnection(socket, answers).start(end::countDown);
    assertThat(end.await(60, TimeUnit.SECONDS)).as("the end of the connection").isTrue();
  }

  private static final class TwoBuffers extends Socket {

    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private volatile boolean closed;

    private TwoBuffers(String sent) {
      in = new ByteArrayInputStream(sent.getBytes(ISO_8859_1));
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
