package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A manifest is applied, and exactly its settings are set. */
final class AppliedManifestIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void oneGuardedUpdateCarriesJustWhatDiffers() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("MemorySize", 256));
    String revision = operator.aws().function("orders").get("RevisionId").asText();

    // When
    resources.apply(
        "orders",
        """
        functionName: orders
        memorySize: 256
        timeout: 30
        environment:
          variables: {LOG_LEVEL: info}
        """);

    // Then
    resources.awaitReady("orders");
    List<LoggedRequest> updates = operator.aws().requests().updatesOf("orders");
    assertThat(updates).hasSize(1);
    JsonNode body = Objects.requireNonNull(updates.getFirst().body());
    assertThat(names(body)).containsExactlyInAnyOrder("Timeout", "Environment", "RevisionId");
    assertThat(body.get("RevisionId").asText()).isEqualTo(revision);
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void whatIsAlreadySoIsNotSent() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("MemorySize", 256));

    // When
    resources.apply(
        "orders", "functionName: orders\nmemorySize: 256\ntracingConfig: {}\nlayers: []");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void theStatusTellsWhatAwsAnswered() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    LambdaFunctionConfig resource = resources.awaitReady("orders");
    JsonNode function = operator.aws().function("orders");
    LambdaFunctionConfigStatus status = Objects.requireNonNull(resource.getStatus());
    assertThat(status.functionArn)
        .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:orders");
    assertThat(status.state).isEqualTo("Active");
    assertThat(status.lastUpdateStatus).isEqualTo("Successful");
    assertThat(status.revisionId).isEqualTo(function.get("RevisionId").asText());
    assertThat(status.codeSha256).isEqualTo(function.get("CodeSha256").asText());
    assertThat(status.managedFields).containsExactly("timeout");
    assertThat(status.drift).isNull();
    assertThat(resources.history("orders"))
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.outcome()).isEqualTo("Succeeded");
              assertThat(update.cause()).isEqualTo("SpecChanged");
              assertThat(update.fields()).containsExactly("timeout");
            });
  }

  @Test
  void theResourceItselfIsNeverWritten() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // When
    LambdaFunctionConfig resource = resources.awaitReady("orders");

    // Then
    assertThat(resource.getMetadata().getFinalizers()).isEmpty();
    assertThat(resource.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(resource.getMetadata().getManagedFields())
        .filteredOn(entry -> entry.getManager().equals("lambda-config-operator"))
        .allSatisfy(entry -> assertThat(entry.getSubresource()).isEqualTo("status"));
  }

  @Test
  void aFieldThatIsRemovedFromTheSpecIsReleasedNotCleared() {
    // Given
    operator.givenInSync("orders", "timeout: 30\nmemorySize: 512");

    // When
    resources.apply("orders", "functionName: orders\nmemorySize: 1024");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    JsonNode body =
        Objects.requireNonNull(operator.aws().requests().updatesOf("orders").getLast().body());
    assertThat(names(body)).containsExactlyInAnyOrder("MemorySize", "RevisionId");
  }

  @Test
  void aFunctionIsFoundByItsArnInItsRegion() {
    // Given
    operator.aws().region("us-east-1").createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        "functionName: arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().region("us-east-1").function("orders").get("Timeout").asInt())
        .isEqualTo(30);
    assertThat(resources.status("orders").region).isEqualTo("us-east-1");
  }

  @Test
  void deletingTheResourceLeavesTheFunctionAlone() {
    // Given
    operator.givenInSync("orders", "timeout: 30");
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();

    // Then
    assertThat(resources.resource("orders").get()).isNull();
    assertThat(operator.aws().requests().all()).isEmpty();
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  static List<String> names(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
