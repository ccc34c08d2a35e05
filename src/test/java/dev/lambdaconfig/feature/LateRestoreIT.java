package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deletions while no operator runs for longer than the timeout of a restore. */
final class LateRestoreIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withRestoreTimeout(TIMEOUT);

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @Test
  void theNextProcessRestoresByTheIdentityOfTheTenant() throws Exception {
    // Given
    tenants.createProvider(Tenants.ACCOUNT);
    account()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("Timeout", 7)
                .with("{\"Environment\": {\"Variables\": {\"OLD\": \"canary-old\"}}}"));
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));
    resources.apply(
        "orders",
        """
        functionName: orders
        serviceAccountName: writer
        deletionPolicy: Restore
        timeout: 30
        environment: {variables: {NEW: canary-new}}
        """);
    resources.awaitReady("orders");
    operator.stop();
    resources.resource("orders").delete();
    awaitTimeout("orders");

    // When: it has no credentials at its first look
    operator.start();

    // Then
    resources.awaitGone("orders");
    JsonNode function = account().function("orders");
    assertThat(function.path("Timeout").asInt()).isEqualTo(7);
    assertThat(function.at("/Environment/Variables/OLD").asText()).isEqualTo("canary-old");
    assertThat(function.at("/Environment/Variables/NEW").isMissingNode()).isTrue();
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getReason)
        .doesNotContain("RestoreAbandoned");
  }

  @Test
  void anUpdateThatOutlivesTheTimeoutIsWaitedFor() throws Exception {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");
    operator.stop();
    operator.aws().requests().clear();
    operator.aws().faults().onUpdates().of("orders").times(1).thenHoldUpdate();
    resources.resource("orders").delete();
    awaitTimeout("orders");

    // When: AWS takes longer than the timeout
    operator.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !operator.aws().requests().updatesOf("orders").isEmpty());
    Awaitility.await().pollDelay(TIMEOUT.plusSeconds(1)).until(() -> true);

    // Then
    resources.awaitReason("orders", "Restoring");
    assertThat(resources.get("orders").getMetadata().getFinalizers()).hasSize(1);

    // And when
    operator.aws().settle("orders");

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(7);
    assertThat(operator.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(1);
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getReason)
        .doesNotContain("RestoreAbandoned");
  }

  /** Returns when the deletion is older than the timeout; nobody reconciles meanwhile. */
  private void awaitTimeout(String name) {
    Instant deleted = Instant.parse(resources.get(name).getMetadata().getDeletionTimestamp());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Instant.now().isAfter(deleted.plus(TIMEOUT).plusSeconds(1)));
  }

  private SimulatedRegion account() {
    return operator.aws().region(Tenants.ACCOUNT, "eu-west-1");
  }
}
