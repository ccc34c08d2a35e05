package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads answer for another function than the one that was asked for, and then well again. */
final class OtherFunctionsAnswerIT {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:lambda:eu-west-1:123456789012:function:mails",
        "arn:aws:lambda:ap-south-1:123456789012:function:orders",
        "arn:aws:lambda:eu-west-1:999999999999:function:orders"
      })
  void nothingIsWrittenAndNothingIsPinned(String other) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    FaultRule wrong =
        operator.aws().faults().onReads().of("orders").always().thenAlterAnswer(about(other));

    // When
    resources.apply("orders", "functionName: " + ARN + "\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "ClientError");
    assertThat(resources.condition("orders", "Ready"))
        .hasMessageContaining("describes another function, " + other);
    assertThat(resources.condition("orders", "Reconciling")).isTrue();
    assertThat(resources.status("orders").functionArn).isNull();
    assertThat(operator.aws().requests().updates()).isEmpty();

    // And when
    wrong.cancel();

    // Then
    resources.awaitReady("orders");
    assertThat(resources.status("orders").functionArn).isEqualTo(ARN);
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(30);
  }

  private static UnaryOperator<JsonNode> about(String arn) {
    return answer -> {
      JsonNode function = answer.has("Configuration") ? answer.get("Configuration") : answer;
      ((ObjectNode) function).put("FunctionArn", arn);
      return answer;
    };
  }
}
