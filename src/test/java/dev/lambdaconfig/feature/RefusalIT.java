package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AWS says no: the resource tells what AWS said, and nothing loops. */
final class RefusalIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aFunctionThatDoesNotExistIsToldAndTakenUpWhenItAppears() {
    // Given
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitStalled("orders", "FunctionNotFound");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("Function not found: arn:aws:lambda:eu-west-1:123456789012:function:orders")
        .contains("deploy the function");

    // When
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(stage.condition("orders", "Stalled").status()).isEqualTo("(absent)");
  }

  @Test
  void aRefusedUpdateStallsWithAwsCodeAndMessageAndIsNotSentAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply("orders", "functionName: orders\nruntime: cobol85");

    // Then
    stage.awaitStalled("orders", "InvalidParameterValueException");
    StatusCondition ready = stage.condition("orders", "Ready");
    assertThat(ready.status()).isEqualTo("False");
    assertThat(ready.message()).contains("Value cobol85 at 'runtime'");
    int reads = stage.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= reads + 3);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aCorrectedSpecIsSentAtOnce() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\nruntime: cobol85");
    stage.awaitStalled("orders", "InvalidParameterValueException");

    // When
    stage.apply("orders", "functionName: orders\nruntime: python3.13\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aMessageThatRepeatsTheEnvironmentIsWithheld() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {SECRET: canary-%s}}"
            .formatted("x".repeat(5000)));

    // Then
    stage.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("exceeded the 4KB limit")
        .doesNotContain("canary");
  }

  @Test
  void deniedAccessIsTold() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onReads()
        .of("orders")
        .always()
        .thenAnswer(
            403,
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/x is not authorized to perform:"
                + " lambda:GetFunctionConfiguration");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "AccessDeniedException");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("lambda:GetFunctionConfiguration");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void aFailedUpdateIsNeverReady() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "InvalidSubnet");
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("False");
    assertThat(stage.condition("orders", "Ready").message()).contains("The subnet was deleted");
    assertThat(stage.status("orders").lastUpdateStatus).isEqualTo("Failed");
    assertThat(stage.history("orders").getFirst().outcome()).isEqualTo("InvalidSubnet");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatFailedForNowIsSentAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("Request limit exceeded.", "EC2RequestLimitExceeded");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(stage.history("orders").getFirst().cause()).isEqualTo("Retried");
  }

  @Test
  void aFieldThatTheEndpointDoesNotKeepIsToldAndNotSentForEver() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30\ntracingConfig: {mode: Active}");

    // Then
    stage.awaitStalled("orders", "NotApplied");
    assertThat(stage.condition("orders", "Stalled").message()).contains("tracingConfig.mode");
    int reads = stage.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= reads + 3);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
  }
}
