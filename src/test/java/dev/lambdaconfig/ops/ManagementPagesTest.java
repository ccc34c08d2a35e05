package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.HttpConnection.Request;
import dev.lambdaconfig.ops.HttpConnection.Response;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of the paths of the management port. */
final class ManagementPagesTest {

  private final ManagementPages pages =
      new ManagementPages(
          new Health() {
            @Override
            public ProbeResult live() {
              return new ProbeResult(true, "ok");
            }

            @Override
            public ProbeResult ready() {
              return new ProbeResult(false, "starting");
            }
          },
          () -> "up 1\n");

  @ParameterizedTest
  @CsvSource({
    "GET, /livez, 200, ok",
    "HEAD, /livez, 200, ok",
    "GET, /readyz, 503, starting",
    "GET, /metrics, 200, up 1",
    "GET, /, 404, '/livez, /readyz or /metrics'",
    "GET, /metrics/, 404, '/livez, /readyz or /metrics'",
    "POST, /metrics, 405, only GET and HEAD",
    "get, /livez, 405, only GET and HEAD"
  })
  void aRequestHasItsPage(String method, String path, int status, String body) {
    Response response = answer(method, path);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body + "\n");
  }

  @Test
  void metricsAreInPrometheussTextFormat() {
    assertThat(answer("GET", "/metrics").type()).contains("version=0.0.4");
    assertThat(answer("GET", "/livez").type()).doesNotContain("version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void oneThatIsInterruptedBeforeItsTurnHasNoAnswer(String method) {
    // Given
    Thread.currentThread().interrupt();

    // When
    Response response = pages.answer(new Request(method, "/metrics"));

    // Then: the interrupt is still there for the connection.
    assertThat(response).isNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer(method, "/metrics").status()).isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void metricsThatFailLeaveTheTurnToTheNext() {
    // Given
    boolean[] fails = {true};
    ManagementPages failing =
        new ManagementPages(
            new AlwaysHealthy(),
            () -> {
              if (fails[0]) {
                throw new IllegalStateException("as planned");
              }
              return "up 1\n";
            });
    Request request = new Request("GET", "/metrics");
    try {
      var unused = failing.answer(request);
    } catch (IllegalStateException e) {
      fails[0] = false;
    }

    // When
    Response response = failing.answer(request);

    // Then
    assertThat(Objects.requireNonNull(response).body()).isEqualTo("up 1\n");
  }

  private Response answer(String method, String path) {
    return Objects.requireNonNull(pages.answer(new Request(method, path)));
  }

  private static final class AlwaysHealthy implements Health {
    @Override
    public ProbeResult live() {
      return new ProbeResult(true, "ok");
    }

    @Override
    public ProbeResult ready() {
      return live();
    }
  }
}
