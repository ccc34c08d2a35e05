package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody changes a function behind the operator's back. */
final class DriftIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aManagedFieldIsPutBack() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 512");
    stage.awaitReady("orders");
    stage.aws().requests().clear();

    // When
    stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 5, \"Description\": \"hello\"}");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().function("orders").get("Timeout").asInt() == 30);
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(
            ApplyIT.names(
                Objects.requireNonNull(
                    stage.aws().requests().updatesOf("orders").getFirst().body())))
        .containsExactlyInAnyOrder("Timeout", "RevisionId");
    assertThat(stage.aws().function("orders").get("Description").asText()).isEqualTo("hello");
    assertThat(stage.history("orders").getFirst().cause()).isEqualTo("DriftCorrected");
  }

  @Test
  void aNewRevisionOfTheSameConfigurationCausesNoUpdate() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().requests().clear();

    // When
    stage.aws().touch("orders");

    // Then
    String revision = stage.aws().function("orders").get("RevisionId").asText();
    stage.await(
        "orders",
        "to show the new revision",
        resource -> revision.equals(Objects.requireNonNull(resource.getStatus()).revisionId));
    assertThat(stage.aws().requests().updates()).isEmpty();
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("True");
  }

  @Test
  void atRestNothingIsWritten() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 30));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    String version = stage.awaitReady("orders").getMetadata().getResourceVersion();
    stage.aws().requests().clear();

    // When
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= 5);

    // Then
    assertThat(stage.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(stage.aws().requests().updates()).isEmpty();
  }
}
