package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint implements only a part of the Lambda API. */
final class UnimplementedOperationIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "501 | InternalFailure | API action 'UpdateFunctionConfiguration' not yet implemented",
        "500 | InternalFailure | The UpdateFunctionConfiguration action has not been implemented",
        "501 | NotImplemented | no such thing here",
        "404 | UnknownOperationException | unknown",
      })
  void anEndpointThatDoesNotKnowTheUpdateIsReportedInItsWordsAndNotAskedAgainAndAgain(
      int status, String code, String message) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().always().thenAnswer(status, code, message);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", code);
    assertThat(resources.condition("orders", "Stalled")).hasMessageContaining(message);
    assertThat(resources.condition("orders", "Reconciling")).isAbsent();
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anEndpointThatCannotReadFunctionsIsReportedInItsWords() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    String words = "API action not yet implemented or pro feature";
    FaultRule unable =
        operator.aws().faults().onReads().always().thenAnswer(501, "InternalFailure", words);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "InternalFailure");
    assertThat(resources.condition("orders", "Stalled")).hasMessageContaining(words);
    assertThat(unable.hits()).isLessThanOrEqualTo(4);
    assertThat(operator.aws().requests().updates()).isEmpty();
  }
}
