package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS says no: the resource tells what AWS said, and nothing loops. */
final class RefusedUpdateIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFunctionThatDoesNotExistIsToldAndTakenUpWhenItAppears() {
    // Given
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("orders", "FunctionNotFound");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("Function not found: arn:aws:lambda:eu-west-1:123456789012:function:orders")
        .contains("deploy the function");

    // When
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(resources.condition("orders", "Stalled").status()).isEqualTo("(absent)");
  }

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
    int reads = operator.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().readsOf("orders").size() >= reads + 3);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aCorrectedSpecIsSentAtOnce() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nruntime: cobol85");
    resources.awaitStalled("orders", "InvalidParameterValueException");

    // When
    resources.apply("orders", "functionName: orders\nruntime: python3.13\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aMessageThatRepeatsTheEnvironmentIsWithheld() {
    // Given: letters of two bytes, of which the schema, which counts letters, lets more in than AWS
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {SECRET: canary-%s}}"
            .formatted("ü".repeat(2500)));

    // Then
    resources.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("exceeded the 4KB limit")
        .doesNotContain("canary");
  }

  @Test
  void deniedAccessIsTold() {
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
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("lambda:GetFunctionConfiguration");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void aFailedUpdateIsNeverReady() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "InvalidSubnet");
    assertThat(resources.condition("orders", "Ready").status()).isEqualTo("False");
    assertThat(resources.condition("orders", "Ready").message()).contains("The subnet was deleted");
    assertThat(resources.status("orders").lastUpdateStatus).isEqualTo("Failed");
    assertThat(resources.history("orders").getFirst().outcome()).isEqualTo("InvalidSubnet");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatFailedForNowIsSentAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("Request limit exceeded.", "EC2RequestLimitExceeded");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("Retried");
  }

  @Test
  void aFieldThatTheEndpointDoesNotKeepIsToldAndNotSentForEver() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\ntracingConfig: {mode: Active}");

    // Then
    resources.awaitStalled("orders", "NotApplied");
    assertThat(resources.condition("orders", "Stalled").message()).contains("tracingConfig.mode");
    int reads = operator.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().readsOf("orders").size() >= reads + 3);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void anUpdateThatNamesALayerThatIsGoneIsToldInAwsWordsAndNotAsAMissingFunction() {
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
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("Layer version " + layer + " does not exist.")
        .doesNotContain("deploy the function");
    assertThat(resources.history("orders").getFirst().outcome())
        .isEqualTo("ResourceNotFoundException");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatIsPlannedFromWhatIsKnownIsToldInAwsWordsToo() {
    // Given: the function is known, so that the next spec is sent without a read
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");
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
    assertThat(resources.condition("orders", "Stalled").message())
        .contains("The layer does not exist");
  }

  @Test
  void aFunctionThatIsDeletedBeforeItsUpdateArrivesIsToldAsMissing() {
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

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "501 | InternalFailure | API action 'UpdateFunctionConfiguration' not yet implemented",
        "500 | InternalFailure | The UpdateFunctionConfiguration action has not been implemented",
        "501 | NotImplemented | no such thing here",
        "404 | UnknownOperationException | unknown",
      })
  void anEndpointThatDoesNotKnowTheUpdateIsToldInItsWordsAndNotAskedAgainAndAgain(
      int status, String code, String message) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().always().thenAnswer(status, code, message);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", code);
    assertThat(resources.condition("orders", "Stalled").message()).contains(message);
    assertThat(resources.condition("orders", "Reconciling").status()).isEqualTo("(absent)");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anEndpointThatCannotReadFunctionsIsToldInItsWords() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    String words = "API action not yet implemented or pro feature";
    FaultRule unable =
        operator.aws().faults().onReads().always().thenAnswer(501, "InternalFailure", words);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "InternalFailure");
    assertThat(resources.condition("orders", "Stalled").message()).contains(words);
    assertThat(unable.hits()).isLessThanOrEqualTo(4);
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | InvalidSignatureException | Signature expired: 20261126T010000Z is now earlier than"
            + " 20261126T011000Z",
        "403 | InvalidSignatureException | Signature not yet current: 20261126T020000Z is still"
            + " later than 20261126T011000Z",
        "403 | SignatureDoesNotMatch | Signature expired: 20261126T010000Z is now earlier",
        "400 | RequestExpired | Request has expired.",
        "403 | RequestTimeTooSkewed | The difference between the request time and the current time"
            + " is too large.",
        "403 | RequestInTheFuture | The request is dated in the future.",
        "403 | ExpiredTokenException | The security token included in the request is expired",
        "400 | ExpiredToken | The security token included in the request is expired"
      })
  void aRequestWhoseTimeIsWrongIsMadeAgainWithinSeconds(int status, String code, String message) {
    // Given: a laptop that slept
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onReads().of("orders").times(1).thenAnswer(status, code, message);
    operator.aws().faults().onUpdates().of("orders").times(1).thenAnswer(status, code, message);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: sooner than anything that waits for a person is looked at again
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aSignatureThatDoesNotFitItsKeyIsForAPerson() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAnswer(
            403,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "InvalidSignatureException");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }
}
