package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No function has the name that a resource names. */
final class MissingFunctionIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFunctionThatDoesNotExistIsReportedAndTakenUpWhenItAppears() {
    // Given
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("orders", "FunctionNotFound");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:orders")
        .hasMessageContaining("deploy the function");

    // When
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(resources.condition("orders", "Stalled")).isAbsent();
  }

  @Test
  void aFunctionThatIsDeletedBeforeItsUpdateArrivesIsReportedAsMissing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> operator.aws().deleteFunction("orders"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "FunctionNotFound");
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }
}
