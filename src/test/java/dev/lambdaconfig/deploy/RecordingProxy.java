package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy before the API server that records which requests are allowed, and which are not.
 *
 * <p>It answers 503 to web sockets, upon which the client watches by a plain GET.
 */
final class RecordingProxy implements AutoCloseable {

  private static final List<String> PASSED_ON = List.of("Authorization", "Accept", "Content-Type");

  private final Path kubeconfig;
  private final URI apiServer;
  private final HttpClient http;
  private final HttpServer proxy;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AccessRequest> allowed = new CopyOnWriteArrayList<>();
  private final List<AccessRequest> denied = new CopyOnWriteArrayList<>();

  /** Starts a proxy before the API server of a kubeconfig. */
  RecordingProxy(Path kubeconfig) throws IOException, GeneralSecurityException {
    this.kubeconfig = kubeconfig;
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    apiServer = URI.create(config.getMasterUrl());
    http = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(config)).build();
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(executor);
    proxy.createContext("/", this::handle);
    proxy.start();
  }

  /** Writes a kubeconfig of the same user that leads through this proxy. */
  Path kubeconfig(Path folder) throws IOException {
    JsonNode original = Manifests.parse(Files.readString(kubeconfig)).only("Config");
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: proxy, cluster: {server: 'http://127.0.0.1:%d'}}]
        users: [{name: operator, user: {token: %s}}]
        contexts: [{name: proxy, context: {cluster: proxy, user: operator, namespace: %s}}]
        current-context: proxy
        """
            .formatted(
                proxy.getAddress().getPort(),
                original.at("/users/0/user/token").asText(),
                original.at("/contexts/0/context/namespace").asText()));
  }

  /** The requests that the API server allowed. */
  List<AccessRequest> allowed() {
    return List.copyOf(allowed);
  }

  /** The requests that the API server answered by 403. */
  List<AccessRequest> denied() {
    return List.copyOf(denied);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestHeaders().containsKey("Sec-WebSocket-Key")) {
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAVAILABLE, -1);
        return;
      }
      HttpResponse<InputStream> response =
          http.send(forwarded(exchange), BodyHandlers.ofInputStream());
      record(exchange, response.statusCode());
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), 0);
      try (InputStream in = response.body();
          OutputStream out = exchange.getResponseBody()) {
        copy(in, out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest forwarded(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(apiServer.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return request.build();
  }

  private void record(HttpExchange exchange, int status) {
    AccessRequest request = AccessRequest.of(exchange.getRequestMethod(), exchange.getRequestURI());
    if (request != null) {
      (status == HttpURLConnection.HTTP_FORBIDDEN ? denied : allowed).add(request);
    }
  }

  /** Copies each event of a watch as soon as it comes. */
  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  @Override
  public void close() {
    proxy.stop(0);
    http.shutdownNow();
    executor.shutdownNow();
  }
}
