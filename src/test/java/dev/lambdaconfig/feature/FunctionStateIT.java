package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each State of a function is reported, and only functions that accept updates are updated. */
final class FunctionStateIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFunctionThatIsBeingCreatedIsWaitedFor() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").pending());

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .singleElement()
        .satisfies(update -> assertThat(update.httpStatus()).isEqualTo(200));
  }

  @Test
  void anInactiveFunctionIsUpdated() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().setState("orders", "Inactive", "The function is idle.", "Idle");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(resources.status("orders").state).isEqualTo("Inactive");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ActiveNonInvocable", "SomeStateOfNextYear"})
  void aStateThatNobodyKnowsIsNoErrorByItself(String state) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 30));
    operator.aws().setState("orders", state, "Why not.", "NewCode");
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");
    assertThat(resources.status("orders").state).isEqualTo(state);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then: AWS decides, and its message is reported
    resources.awaitReason("orders", "UpdateInProgress");
    assertThat(resources.condition("orders", "Ready")).hasMessageContaining(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Deactivated", "Deactivating"})
  void aFunctionThatTakesNoUpdateIsStalled(String state) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().setState("orders", state, "The image was deleted.", "ImageDeleted");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "ImageDeleted");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(state)
        .hasMessageContaining("The image was deleted.");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void anAnswerWithoutLastUpdateStatusCountsAsSettled() {
    // Given
    operator.aws().dialect().omitsLastUpdateStatus(true);
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anEndpointWithoutRevisionIdsIsNotWrittenToUnguarded() {
    // Given
    operator.aws().dialect().omitsRevisionId(true);
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "NoRevisionId");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("--allow-unguarded-updates");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }
}
