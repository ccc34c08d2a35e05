package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The watch of Secrets while the API server is gone, and beside Secrets of no interest. */
final class SecretWatchIT {

  private static final String SPEC =
      """
      functionName: orders
      environment:
        valuesFrom:
          - {name: PASSWORD, secretKeyRef: {name: db, key: password}}
      """;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().startedByTest().withSeparateApiServer();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @Test
  void aRestartOfTheApiServerLosesNoRotation() throws Exception {
    // Given
    operator.start();
    givenInSync();

    // When
    restart();
    objects.rotate("db", "password", "second");

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> value().equals("second"));
    resources.awaitReady("orders");
  }

  @Test
  void unrelatedSecretsAreNotHeldAndNothingIsWatchedOnceNothingNeedsIt() throws Exception {
    // Given
    IntStream.range(0, 1_000)
        .parallel()
        .forEach(number -> objects.secret("unrelated-" + number, Map.of("key", "x".repeat(1_000))));
    operator.start(operator.options().withDebugPort());
    assertThat(DebugSizes.of(operator)).containsEntry("SourceWatches.open", 0L);

    // When
    givenInSync();

    // Then
    assertThat(DebugSizes.of(operator))
        .containsEntry("SourceIndex.entries", 1L)
        .containsEntry("SourceIndex.keys", 1L)
        .containsEntry("SourceWatches.open", 1L);

    // When
    resources.apply("orders", SPEC + "suspend: true");
    // Then
    awaitWatches(0);

    // When
    resources.apply("orders", SPEC);
    // Then
    awaitWatches(1);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    // Then
    awaitWatches(0);
  }

  private void awaitWatches(long open) {
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(DebugSizes.of(operator))
                    .containsEntry("SourceIndex.entries", open)
                    .containsEntry("SourceWatches.open", open));
  }

  private void givenInSync() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    assertThat(value()).isEqualTo("first");
  }

  private void restart() {
    try (ApiServer.Outage outage = operator.server().outage()) {
      requireNonNull(outage);
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("nobody restarts a cluster that was given for tests");
    }
  }

  private String value() {
    return operator.aws().function("orders").at("/Environment/Variables/PASSWORD").asText();
  }
}
