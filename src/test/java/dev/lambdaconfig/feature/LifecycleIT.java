package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever State a function is in, the resource says so, and only those that can be are updated.
 */
final class LifecycleIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aFunctionThatIsBeingCreatedIsWaitedFor() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").pending());

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .singleElement()
        .satisfies(update -> assertThat(update.httpStatus()).isEqualTo(200));
  }

  @Test
  void anInactiveFunctionIsUpdated() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().setState("orders", "Inactive", "The function is idle.", "Idle");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.status("orders").state).isEqualTo("Inactive");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ActiveNonInvocable", "SomeStateOfNextYear"})
  void aStateThatNobodyKnowsIsNoErrorByItself(String state) {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 30));
    stage.aws().setState("orders", state, "Why not.", "NewCode");
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    assertThat(stage.status("orders").state).isEqualTo(state);

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: AWS alone decides, and its own words are told
    stage.awaitReason("orders", "UpdateInProgress");
    assertThat(stage.condition("orders", "Ready").message()).contains(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Deactivated", "Deactivating"})
  void aFunctionThatTakesNoUpdateIsStalled(String state) {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().setState("orders", state, "The image was deleted.", "ImageDeleted");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "ImageDeleted");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains(state)
        .contains("The image was deleted.");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void anAnswerWithoutLastUpdateStatusCountsAsSettled() {
    // Given
    stage.aws().dialect().omitsLastUpdateStatus(true);
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anEndpointWithoutRevisionIdsIsNotWrittenToUnguarded() {
    // Given
    stage.aws().dialect().omitsRevisionId(true);
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "NoRevisionId");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("--allow-unguarded-updates");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }
}
