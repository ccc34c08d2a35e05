package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that are no JSON: a value of the environment in them is in no status and no Event. */
final class UnreadableAnswerIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aReadThatIsNoJsonIsReportedWithoutWhatIsInIt() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    FaultRule broken =
        operator
            .aws()
            .faults()
            .onReads()
            .of("orders")
            .always()
            .thenAlterAnswer(UnreadableAnswerIT::unquoted);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "ClientError");
    assertThat(resources.condition("orders", "Ready"))
        .hasMessageContaining("is not the JSON that AWS sends (HTTP 200, application/json, ");
    assertNoValueReported();

    // And when
    broken.cancel();

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void anUpdateWhoseAnswerIsNoJsonIsSentOnceAndReportedWithoutWhatIsInIt() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenAlterAnswer(UnreadableAnswerIT::unquoted);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertNoValueReported();
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  /** The answer with a variable that is neither text nor anything else of JSON. */
  private static JsonNode unquoted(JsonNode answer) {
    ObjectNode function =
        (ObjectNode) (answer.has("Configuration") ? answer.get("Configuration") : answer);
    function
        .putObject("Environment")
        .putObject("Variables")
        .putRawValue("LIVE_SECRET", new RawValue("canary4live"));
    return answer;
  }

  private void assertNoValueReported() {
    assertThat(Serialization.asJson(resources.status("orders"))).doesNotContain("canary");
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"));
  }
}
