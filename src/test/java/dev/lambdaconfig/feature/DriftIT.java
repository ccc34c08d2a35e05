package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A function is changed by somebody other than the operator. */
final class DriftIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aManagedFieldIsPutBack() {
    // Given
    operator.givenInSync("orders", "timeout: 30\nmemorySize: 512");
    operator.aws().requests().clear();

    // When
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5, \"Description\": \"hello\"}");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().function("orders").get("Timeout").asInt() == 30);
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(operator.aws().requests().updatesOf("orders").getFirst().memberNames())
        .containsExactlyInAnyOrder("Timeout", "RevisionId");
    assertThat(operator.aws().function("orders").get("Description").asText()).isEqualTo("hello");
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("DriftCorrected");
  }

  @Test
  void aNewRevisionOfTheSameConfigurationCausesNoUpdate() {
    // Given
    operator.givenInSync("orders", "timeout: 30");
    operator.aws().requests().clear();

    // When
    operator.aws().touch("orders");

    // Then
    String revision = operator.aws().function("orders").get("RevisionId").asText();
    resources.await(
        "orders",
        "to show the new revision",
        resource -> revision.equals(Objects.requireNonNull(resource.getStatus()).revisionId));
    assertThat(operator.aws().requests().updates()).isEmpty();
    assertThat(resources.condition("orders", "Ready")).isTrue();
  }

  @Test
  void atRestNothingIsWritten() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 30));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    String version = resources.awaitReady("orders").getMetadata().getResourceVersion();
    operator.aws().requests().clear();

    // When
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> operator.aws().requests().readsOf("orders").size() >= 5);

    // Then
    assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(operator.aws().requests().updates()).isEmpty();
  }
}
