package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user suspends a resource, or asks for a reconcile now. */
final class SuspendAndReconcileNowIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aSuspendedResourceIsLeftAloneAndTakenUpAgain() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    resources.apply("orders", "functionName: orders\nsuspend: true\ntimeout: 60");

    // Then: one Event is created, and nothing else happens
    Events.await(operator, "orders", "Suspended");
    String version = resources.get("orders").getMetadata().getResourceVersion();
    operator.aws().requests().clear();
    operator.givenInSync("other", "timeout: 9");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().readsOf("other").size() >= 4);
    assertThat(operator.aws().requests().readsOf("orders")).isEmpty();
    assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
    Events.await(operator, "orders", "Suspended");
    assertThat(Events.of(operator, "orders"))
        .filteredOn(e -> e.getReason().equals("Suspended"))
        .hasSize(1);

    // And when
    resources.apply("orders", "functionName: orders\ntimeout: 60");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lambdaconfig.dev/reconcile-requested-at", "reconcile.fluxcd.io/requestedAt"})
  void aRequestToReconcileIsAnsweredAtOnceAlsoWhereAwsRefused(String annotation) {
    // Given
    operator.givenRefused("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);

    // When
    resources.annotate("orders", annotation, "token-1");

    // Then
    resources.awaitHandled("orders", "token-1");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().updatesOf("orders").size() == 2);
  }
}
