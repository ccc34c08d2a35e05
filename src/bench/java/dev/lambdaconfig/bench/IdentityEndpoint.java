package dev.lambdaconfig.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An endpoint of STS for operators that ask whose identity they have: the home account's. */
final class IdentityEndpoint implements AutoCloseable {

  private static final String ANSWER =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:iam::%1$s:user/benchmark</Arn>
          <UserId>AIDABENCHMARK</UserId>
          <Account>%1$s</Account>
        </GetCallerIdentityResult>
        <ResponseMetadata><RequestId>benchmark</RequestId></ResponseMetadata>
      </GetCallerIdentityResponse>
      """
          .formatted(Estate.OWN_ACCOUNT);

  private final HttpServer server;

  /** Answers on a free port of the loopback. */
  IdentityEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
