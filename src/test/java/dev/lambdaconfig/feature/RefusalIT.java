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
    // Given: letters of two bytes, of which the schema, which counts letters, lets more in than AWS
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {SECRET: canary-%s}}"
            .formatted("ü".repeat(2500)));

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

  @Test
  void anUpdateThatNamesALayerThatIsGoneIsToldInAwsWordsAndNotAsAMissingFunction() {
    // Given
    String layer = "arn:aws:lambda:eu-west-1:123456789012:layer:deps:7";
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAnswer(
            404, "ResourceNotFoundException", "Layer version " + layer + " does not exist.");

    // When
    stage.apply("orders", "functionName: orders\nlayers: ['" + layer + "']");

    // Then
    stage.awaitStalled("orders", "ResourceNotFoundException");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("Layer version " + layer + " does not exist.")
        .doesNotContain("deploy the function");
    assertThat(stage.history("orders").getFirst().outcome()).isEqualTo("ResourceNotFoundException");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatIsPlannedFromWhatIsKnownIsToldInAwsWordsToo() {
    // Given: the function is known, so that the next spec is sent without a read
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    stage.awaitReads(2, List.of("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAnswer(404, "ResourceNotFoundException", "The layer does not exist.");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 31");

    // Then
    stage.awaitStalled("orders", "ResourceNotFoundException");
    assertThat(stage.condition("orders", "Stalled").message()).contains("The layer does not exist");
  }

  @Test
  void aFunctionThatIsDeletedBeforeItsUpdateArrivesIsToldAsMissing() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> stage.aws().deleteFunction("orders"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "FunctionNotFound");
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
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
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().always().thenAnswer(status, code, message);

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", code);
    assertThat(stage.condition("orders", "Stalled").message()).contains(message);
    assertThat(stage.condition("orders", "Reconciling").status()).isEqualTo("(absent)");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anEndpointThatCannotReadFunctionsIsToldInItsWords() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    String words = "API action not yet implemented or pro feature";
    FaultRule unable =
        stage.aws().faults().onReads().always().thenAnswer(501, "InternalFailure", words);

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "InternalFailure");
    assertThat(stage.condition("orders", "Stalled").message()).contains(words);
    assertThat(unable.hits()).isLessThanOrEqualTo(4);
    assertThat(stage.aws().requests().updates()).isEmpty();
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
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onReads().of("orders").times(1).thenAnswer(status, code, message);
    stage.aws().faults().onUpdates().of("orders").times(1).thenAnswer(status, code, message);

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: sooner than anything that waits for a person is looked at again
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aSignatureThatDoesNotFitItsKeyIsForAPerson() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
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
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", "InvalidSignatureException");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }
}
