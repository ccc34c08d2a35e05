package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * AWS refuses a request: the resource reports the error of AWS, and the request is not repeated.
 */
final class RefusedUpdateIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aRefusedUpdateStallsWithAwsCodeAndMessageAndIsNotSentAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply("orders", "functionName: orders\nruntime: cobol85");

    // Then
    resources.awaitStalled("orders", "InvalidParameterValueException");
    StatusCondition ready = resources.condition("orders", "Ready");
    assertThat(ready.status()).isEqualTo("False");
    assertThat(ready.message()).contains("Value cobol85 at 'runtime'");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aCorrectedSpecIsSentAtOnce() {
    // Given
    operator.givenRefused("orders");

    // When
    resources.apply("orders", "functionName: orders\nruntime: python3.13\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aMessageThatRepeatsTheEnvironmentIsWithheld() {
    // Given: letters of two bytes; the schema counts letters, and so accepts more of them than AWS
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {SECRET: canary-%s}}"
            .formatted("ü".repeat(2500)));

    // Then
    resources.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("exceeded the 4KB limit")
        .hasMessageWithout("canary");
  }

  @Test
  void deniedAccessIsReported() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
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
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "AccessDeniedException");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("lambda:GetFunctionConfiguration");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void anUpdateThatNamesALayerThatIsGoneIsReportedInAwsWordsAndNotAsAMissingFunction() {
    // Given
    String layer = "arn:aws:lambda:eu-west-1:123456789012:layer:deps:7";
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAnswer(
            404, "ResourceNotFoundException", "Layer version " + layer + " does not exist.");

    // When
    resources.apply("orders", "functionName: orders\nlayers: ['" + layer + "']");

    // Then
    resources.awaitStalled("orders", "ResourceNotFoundException");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("Layer version " + layer + " does not exist.")
        .hasMessageWithout("deploy the function");
    assertThat(resources.history("orders").getFirst().outcome())
        .isEqualTo("ResourceNotFoundException");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatIsPlannedFromWhatIsKnownIsReportedInAwsWordsToo() {
    // Given: the function is known, so that the next spec is sent without a read
    operator.givenInSync("orders", "timeout: 30");
    operator.awaitReads(2, List.of("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAnswer(404, "ResourceNotFoundException", "The layer does not exist.");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 31");

    // Then
    resources.awaitStalled("orders", "ResourceNotFoundException");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("The layer does not exist");
  }
}
