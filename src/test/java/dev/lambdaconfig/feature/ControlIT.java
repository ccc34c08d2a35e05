package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a user steers what the operator does: observe, suspend, now; and what is told of it. */
final class ControlIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void observingReportsWhatDiffersAndWritesNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        """
        functionName: orders
        mode: Observe
        timeout: 30
        environment: {variables: {LEVEL: canary-value}}
        """);

    // Then
    resources.awaitReason("orders", "Observed");
    assertThat(resources.condition("orders", "Ready").status()).isEqualTo("True");
    assertThat(resources.condition("orders", "Drifted").status()).isEqualTo("True");
    assertThat(resources.status("orders").drift)
        .extracting(field -> field.path() + ": " + field.desired() + ", " + field.observed())
        .containsExactly("timeout: 30, 3", "environment.variables.LEVEL: missing, ");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void enforcingAgainClosesWhatWasObserved() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");
    resources.awaitReason("orders", "Observed");

    // When
    resources.apply("orders", "functionName: orders\nmode: Enforce\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "InSync");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aSuspendedResourceIsLeftAloneAndTakenUpAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");

    // When
    resources.apply("orders", "functionName: orders\nsuspend: true\ntimeout: 60");

    // Then: one event, and nothing else
    awaitEvent("Suspended");
    String version = resources.get("orders").getMetadata().getResourceVersion();
    operator.aws().requests().clear();
    operator.aws().createFunction(FunctionSeed.zip("other"));
    resources.apply("other", "functionName: other\ntimeout: 9");
    resources.awaitReady("other");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().readsOf("other").size() >= 4);
    assertThat(operator.aws().requests().readsOf("orders")).isEmpty();
    assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(events("orders")).filteredOn(e -> e.getReason().equals("Suspended")).hasSize(1);

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
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nruntime: cobol85");
    resources.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);

    // When
    resources
        .resource("orders")
        .edit(
            resource -> {
              resource.getMetadata().getAnnotations().put(annotation, "token-1");
              return resource;
            });

    // Then
    resources.await(
        "orders",
        "to have handled the request",
        resource ->
            "token-1".equals(Objects.requireNonNull(resource.getStatus()).lastHandledReconcileAt));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().updatesOf("orders").size() == 2);
  }

  @Test
  void whatHappensIsToldByEventsThatNameFieldsAndNeverValues() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply(
        "orders", "functionName: orders\nenvironment: {variables: {LEVEL: canary-value}}");
    resources.awaitReady("orders");

    // When
    operator
        .aws()
        .changeBehindTheBack(
            "orders", "{\"Environment\":{\"Variables\":{\"LEVEL\":\"canary-2\"}}}");

    // Then
    awaitEvent("DriftDetected");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(events("orders"))
                    .extracting(Event::getReason)
                    .containsExactlyInAnyOrder(
                        "UpdateStarted",
                        "UpdateSucceeded",
                        "DriftDetected",
                        "UpdateStarted",
                        "UpdateSucceeded"));
    assertThat(events("orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"))
        .anySatisfy(message -> assertThat(message).contains("environment.variables"));
  }

  private void awaitEvent(String reason) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> events("orders").stream().anyMatch(e -> e.getReason().equals(reason)));
  }

  private List<Event> events(String name) {
    return ApiServer.shared()
        .client()
        .v1()
        .events()
        .inNamespace(operator.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .toList();
  }
}
