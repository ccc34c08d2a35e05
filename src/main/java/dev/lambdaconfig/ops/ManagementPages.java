package dev.lambdaconfig.ops;

import dev.lambdaconfig.ops.HttpConnection.Request;
import dev.lambdaconfig.ops.HttpConnection.Response;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers the requests to the management port. */
final class ManagementPages {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final Supplier<String> metrics;

  /**
   * Limits scrapes to one at a time, so that a client that scrapes often takes no more than one
   * CPU.
   */
  private final Semaphore scraping = new Semaphore(1);

  ManagementPages(Health health, Supplier<String> metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  /** Returns the response, or null if the thread was interrupted. */
  @Nullable Response answer(Request request) {
    if (!request.isRead()) {
      return Response.READ_ONLY;
    }
    return switch (request.path()) {
      case "/livez" -> probe(health.live());
      case "/readyz" -> probe(health.ready());
      case "/metrics" -> metrics();
      default -> Response.text(404, "/livez, /readyz or /metrics\n");
    };
  }

  private static Response probe(Health.ProbeResult result) {
    return Response.text(result.good() ? 200 : 503, result.detail() + "\n");
  }

  private @Nullable Response metrics() {
    try {
      scraping.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    try {
      return new Response(200, PROMETHEUS, metrics.get());
    } finally {
      scraping.release();
    }
  }
}
