package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The requests that the Secret of a baseline costs the API server. */
final class BaselineRequestsIT {

  /** Whose counts are of this test alone. */
  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withSeparateApiServer();

  private final ResourceClient resources = operator.resources();

  @Test
  void theSecretIsCreatedOnceAndNeverInVain() {
    // Given: an update that meets a stale revision first
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"before\"}}}"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenMeanwhile(() -> operator.aws().touch("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: orders\ndeletionPolicy: Restore\nenvironment: {variables: {AA: after}}");
    resources.awaitReady("orders");
    resources.apply(
        "orders",
        "functionName: orders\ndeletionPolicy: Restore\nenvironment: {variables: {AA: later}}");
    resources.awaitReady("orders");

    // Then
    assertThat(creates()).hasSize(1);
    assertThat(creates().getFirst()).contains("code=\"201\"").endsWith(" 1");
  }

  private List<String> creates() {
    return operator
        .server()
        .client()
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{"))
        .filter(line -> line.contains("resource=\"secrets\"") && line.contains("verb=\"POST\""))
        .toList();
  }
}
