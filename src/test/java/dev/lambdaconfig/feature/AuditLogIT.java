package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each update that is sent is one line of the audit log, whatever comes of it. */
final class AuditLogIT {

  @RegisterExtension final AuditLines lines = new AuditLines();

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void anAcceptedUpdateIsALineThatNamesItsRequest() {
    // Given
    Instant before = Instant.now();
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: orders\ntimeout: 30\nenvironment: {variables: {AA: '%s'}}"
            .formatted(Canary.value("variable")));
    resources.awaitReady("orders");

    // Then
    LoggedRequest request = operator.aws().requests().updatesOf("orders").getFirst();
    JsonNode line = onlyLine();
    assertThat(line.path("name").asText()).isEqualTo("orders");
    assertThat(line.path("uid").asText()).isEqualTo(resources.get("orders").getMetadata().getUid());
    assertThat(line.path("generation").asLong()).isEqualTo(1);
    assertThat(Instant.parse(line.path("time").asText())).isBetween(before, Instant.now());
    assertThat(line.path("functionArn").asText()).isEqualTo(resources.status("orders").functionArn);
    assertThat(line.path("identity").asText()).isEqualTo("operator");
    assertThat(line.path("cause").asText()).isEqualTo("SpecChanged");
    assertThat(line.path("fields"))
        .extracting(JsonNode::asText)
        .containsExactly("timeout", "environment.variables");
    assertThat(line.path("revisionBefore").asText())
        .isEqualTo(request.member("RevisionId").asText());
    assertThat(line.path("revisionAfter").asText())
        .isNotEmpty()
        .isNotEqualTo(line.path("revisionBefore").asText());
    assertThat(line.path("requestId").asText()).isEqualTo(request.requestId());
    assertThat(line.path("outcome").asText()).isEqualTo("Accepted");
    assertThat(line.path("errorCode").isNull()).isTrue();
    Canary.requireNone(line.toString());
  }

  @Test
  void aCorrectedDriftIsALineOfItsOwn() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
    awaitLines(2);

    // Then
    JsonNode line = lines().getLast();
    assertThat(line.path("cause").asText()).isEqualTo("DriftCorrected");
    assertThat(line.path("outcome").asText()).isEqualTo("Accepted");
  }

  @Test
  void aRefusedUpdateIsALineWithAwsCode() {
    // When
    operator.givenRefused("orders");

    // Then
    JsonNode line = onlyLine();
    assertThat(line.path("outcome").asText()).isEqualTo("Refused");
    assertThat(line.path("errorCode").asText()).isEqualTo("InvalidParameterValueException");
    assertThat(line.path("revisionAfter").isNull()).isTrue();
    assertThat(line.path("requestId").asText())
        .isEqualTo(operator.aws().requests().updatesOf("orders").getFirst().requestId());
  }

  @Test
  void anUpdateWhoseAnswerIsLostIsALineThatSaysSo() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").thenCutAfterApplying();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");

    // Then: it was applied, so it is not sent again
    JsonNode line = onlyLine();
    assertThat(line.path("outcome").asText()).isEqualTo("Unknown");
    assertThat(line.path("requestId").isNull()).isTrue();
  }

  @Test
  void whatIsNotSentIsNoLine() {
    // When
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    resources.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");
    resources.awaitReason("orders", "Observed");

    // Then
    assertThat(lines()).isEmpty();
  }

  private JsonNode onlyLine() {
    awaitLines(1);
    return lines().getFirst();
  }

  private void awaitLines(int count) {
    Awaitility.await()
        .atMost(ResourceClient.PATIENCE)
        .untilAsserted(() -> assertThat(lines()).hasSize(count));
    assertThat(operator.aws().requests().updates()).hasSize(count);
  }

  private List<JsonNode> lines() {
    return lines.of(operator.namespace());
  }
}
