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

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void observingReportsWhatDiffersAndWritesNothing() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply(
        "orders",
        """
        functionName: orders
        mode: Observe
        timeout: 30
        environment: {variables: {LEVEL: canary-value}}
        """);

    // Then
    stage.awaitReason("orders", "Observed");
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("True");
    assertThat(stage.condition("orders", "Drifted").status()).isEqualTo("True");
    assertThat(stage.status("orders").drift)
        .extracting(field -> field.path() + ": " + field.desired() + ", " + field.observed())
        .containsExactly("timeout: 30, 3", "environment.variables.LEVEL: missing, ");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void enforcingAgainClosesWhatWasObserved() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");
    stage.awaitReason("orders", "Observed");

    // When
    stage.apply("orders", "functionName: orders\nmode: Enforce\ntimeout: 30");

    // Then
    stage.awaitReason("orders", "InSync");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aSuspendedResourceIsLeftAloneAndTakenUpAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");

    // When
    stage.apply("orders", "functionName: orders\nsuspend: true\ntimeout: 60");

    // Then: one event, and nothing else
    awaitEvent("Suspended");
    String version = stage.get("orders").getMetadata().getResourceVersion();
    stage.aws().requests().clear();
    stage.aws().createFunction(FunctionSeed.zip("other"));
    stage.apply("other", "functionName: other\ntimeout: 9");
    stage.awaitReady("other");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("other").size() >= 4);
    assertThat(stage.aws().requests().readsOf("orders")).isEmpty();
    assertThat(stage.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(events("orders")).filteredOn(e -> e.getReason().equals("Suspended")).hasSize(1);

    // And when
    stage.apply("orders", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lambdaconfig.dev/reconcile-requested-at", "reconcile.fluxcd.io/requestedAt"})
  void aRequestToReconcileIsAnsweredAtOnceAlsoWhereAwsRefused(String annotation) {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\nruntime: cobol85");
    stage.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);

    // When
    stage
        .resource("orders")
        .edit(
            resource -> {
              resource.getMetadata().getAnnotations().put(annotation, "token-1");
              return resource;
            });

    // Then
    stage.await(
        "orders",
        "to have handled the request",
        resource ->
            "token-1".equals(Objects.requireNonNull(resource.getStatus()).lastHandledReconcileAt));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().updatesOf("orders").size() == 2);
  }

  @Test
  void whatHappensIsToldByEventsThatNameFieldsAndNeverValues() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\nenvironment: {variables: {LEVEL: canary-value}}");
    stage.awaitReady("orders");

    // When
    stage
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
        .inNamespace(stage.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .toList();
  }
}
