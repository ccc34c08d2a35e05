package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS rejects the signature, the time or the token of a request. */
final class RejectedSignatureIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

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
    // Given: the clock is wrong once, as on a laptop that slept
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onReads().of("orders").times(1).thenAnswer(status, code, message);
    operator.aws().faults().onUpdates().of("orders").times(1).thenAnswer(status, code, message);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: sooner than the retry of an error that needs a person
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
