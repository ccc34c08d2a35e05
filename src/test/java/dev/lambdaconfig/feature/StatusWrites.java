package dev.lambdaconfig.feature;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts an operator's status writes, and refuses some of them in place of the API server. */
final class StatusWrites implements Interceptor, AutoCloseable {

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpServer server;
  private volatile int code;
  private volatile int retryAfter;

  StatusWrites() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body =
                """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d,
                 "message": "made up by a test", "details": {"retryAfterSeconds": %d}}
                """
                    .formatted(code, retryAfter)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  /** Answers the next so many requests, retries of the client included, with a code. */
  void refuse(int times, int status, int retryAfterSeconds) {
    code = status;
    retryAfter = retryAfterSeconds;
    refusals.set(times);
  }

  boolean isThrough() {
    return refusals.get() <= 0;
  }

  int sent() {
    return sent.get();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.method().equals("PATCH") || !request.uri().getPath().endsWith("/status")) {
      return;
    }
    sent.incrementAndGet();
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      builder.uri(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
