package dev.lambdaconfig.aws.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An endpoint that answers every request with the same text. */
final class RawEndpoint implements AutoCloseable {

  private final HttpServer server;
  private volatile int status = 200;
  private volatile String type = "application/json";
  private volatile String body = "";

  RawEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Clients that call it. */
  LambdaClients clients() {
    return new LambdaClients(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")), endpoint());
  }

  void answers(String text) {
    answers(200, "application/json", text);
  }

  void answers(int withStatus, String ofType, String text) {
    status = withStatus;
    type = ofType;
    body = text;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
