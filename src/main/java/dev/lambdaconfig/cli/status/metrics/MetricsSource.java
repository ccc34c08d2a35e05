package dev.lambdaconfig.cli.status.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The source of an operator's metrics: an address, or the standard input. */
public final class MetricsSource {

  /** The name of the standard input. */
  public static final String STANDARD_INPUT = "-";

  /** Far above what an operator writes, which is about 30 kB. */
  private static final int LONGEST = 4 << 20;

  private static final int OK = 200;

  private final String source;
  private final InputStream standardInput;
  private final Duration limit;

  /**
   * Reads nothing yet.
   *
   * @param source a URL, or {@code -} for the standard input
   * @param limit the longest time for a whole answer
   */
  public MetricsSource(String source, InputStream standardInput, Duration limit) {
    this.source = source;
    this.standardInput = standardInput;
    this.limit = limit;
  }

  /** Returns what is wrong with the name of a source, or null. */
  public static @Nullable String problem(String source) {
    if (source.equals(STANDARD_INPUT)) {
      return null;
    }
    try {
      URI uri = URI.create(source);
      if (Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null) {
        return null;
      }
    } catch (IllegalArgumentException e) {
      // As if it were none.
    }
    return "--metrics: '"
        + source
        + "' is no URL: write one such as http://localhost:8080/metrics, or - for the standard"
        + " input";
  }

  /** Reads the metrics. A failure is part of what is returned. */
  public OperatorFigures read() {
    String named = source.equals(STANDARD_INPUT) ? "standard input" : source;
    try {
      return Samples.of(text()).figures(named);
    } catch (MetricsException e) {
      return OperatorFigures.unknown(named, Objects.requireNonNull(e.getMessage()));
    }
  }

  private String text() throws MetricsException {
    if (source.equals(STANDARD_INPUT)) {
      try {
        return text(standardInput);
      } catch (IOException e) {
        throw new MetricsException("it cannot be read (" + e.getMessage() + ")", e);
      }
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(limit).build();
    try {
      return answer(http);
    } finally {
      // Does not wait for an answer that has no end.
      http.shutdownNow();
    }
  }

  private String answer(HttpClient http) throws MetricsException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(path())).build();
    CompletableFuture<String> answer =
        http.sendAsync(request, BodyHandlers.ofInputStream()).thenApplyAsync(MetricsSource::text);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new MetricsException(
          "it does not answer, or not to the end, within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new MetricsException(
          cause instanceof MetricsException refused
              ? Objects.requireNonNull(refused.getMessage())
              : unreachable(cause),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MetricsException("interrupted", e);
    }
  }

  private static String unreachable(Throwable failure) {
    String reason =
        switch (failure) {
          case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
              "its host has no address";
          case ConnectException e -> "the connection is refused";
          case HttpConnectTimeoutException e -> "it does not take the connection";
          default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    return "it cannot be reached (%s): check host and port, which for a Pod are those of kubectl port-forward"
        .formatted(reason);
  }

  /** The address; without a path, that of an operator's metrics. */
  private String path() {
    String path = URI.create(source).getRawPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? source.replaceFirst("/$", "") + "/metrics"
        : source;
  }

  private static String text(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK) {
        throw new MetricsException("it answers with status " + response.statusCode());
      }
      return text(body);
    } catch (IOException | MetricsException e) {
      throw new CompletionException(e);
    }
  }

  private static String text(InputStream stream) throws IOException, MetricsException {
    byte[] bytes = stream.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new MetricsException("its answer is longer than " + (LONGEST >> 20) + " MB");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
