package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the Secret of a baseline costs the API server. */
final class BaselineRequestsIT {

  /** Whose counts are of this test alone. */
  @RegisterExtension final Stage stage = Stage.watchful().onItsOwnServer();

  @Test
  void theSecretIsCreatedOnceAndNeverInVain() {
    // Given: an update that meets a stale revision first
    stage
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"before\"}}}"));
    stage.aws().faults().onUpdates().times(1).thenMeanwhile(() -> stage.aws().touch("orders"));

    // When
    stage.apply(
        "orders",
        "functionName: orders\ndeletionPolicy: Restore\nenvironment: {variables: {AA: after}}");
    stage.awaitReady("orders");
    stage.apply(
        "orders",
        "functionName: orders\ndeletionPolicy: Restore\nenvironment: {variables: {AA: later}}");
    stage.awaitReady("orders");

    // Then
    assertThat(creates()).hasSize(1);
    assertThat(creates().getFirst()).contains("code=\"201\"").endsWith(" 1");
  }

  private List<String> creates() {
    return stage
        .server()
        .client()
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{"))
        .filter(line -> line.contains("resource=\"secrets\"") && line.contains("verb=\"POST\""))
        .toList();
  }
}
