package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An overloaded API server, or frequent changes by others: statuses are still written soon. */
final class BusyApiServerIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();

  private final StatusWrites writes = new StatusWrites();

  @AfterEach
  void close() {
    // The operator ends before the server that answers in place of the API server.
    operator.stop();
    writes.close();
  }

  @ParameterizedTest
  @CsvSource({"429, 1", "500, 0", "503, 2", "504, 0"})
  void whatPassesIsTriedAgainWithinSeconds(int code, int retryAfter) throws Exception {
    // Given
    operator.start(setup -> setup.withInterceptor(writes));
    operator.givenInSync("orders", "timeout: 30");
    operator.aws().requests().clear();

    // When: more often than the client tries by itself
    writes.refuse(6, code, retryAfter);
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then
    resources.awaitReady("orders");
    assertThat(writes.isThrough()).isTrue();
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(operator.aws().requests().readsOf("orders")).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aVerdictThatCouldNotBeReportedIsReportedWithoutAnotherRead() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 30));
    operator.start(setup -> setup.withInterceptor(writes));

    // When: the first status is the verdict
    writes.refuse(3, 503, 0);
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(writes.isThrough()).isTrue();
    assertThat(operator.aws().requests().readsOf("orders")).hasSize(1);
  }

  @Test
  void labelsThatChangeFortyTimesASecondHideNoStatus() throws Exception {
    // Given
    operator.start(setup -> setup.withInterceptor(writes));
    operator.givenInSync("orders", "timeout: 30");
    AtomicInteger changes = new AtomicInteger();
    try (ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          other.scheduleAtFixedRate(
              () -> label("orders", changes.incrementAndGet()), 0, 25, TimeUnit.MILLISECONDS);
      Awaitility.await("changes").atMost(Duration.ofMinutes(1)).until(() -> changes.get() > 10);
      operator.aws().requests().clear();

      // When
      resources.apply("orders", "functionName: orders\ntimeout: 31");

      // Then
      resources.awaitReady("orders");
      other.shutdownNow();
    }
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(operator.aws().requests().readsOf("orders")).hasSizeLessThanOrEqualTo(4);
    assertThat(resources.history("orders")).hasSize(2);
  }

  private void label(String name, int number) {
    resources
        .resource(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"counter\":\"n" + number + "\"}}}");
  }
}
