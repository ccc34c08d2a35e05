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

/** A manifest is applied, and the function becomes what it says: no more, and no less. */
final class ApplyIT {

  @RegisterExtension final Stage stage = Stage.quiet();

  @Test
  void oneGuardedUpdateCarriesJustWhatDiffers() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("MemorySize", 256));
    String revision = stage.aws().function("orders").get("RevisionId").asText();

    // When
    stage.apply(
        "orders",
        """
        functionName: orders
        memorySize: 256
        timeout: 30
        environment:
          variables: {LOG_LEVEL: info}
        """);

    // Then
    stage.awaitReady("orders");
    List<LoggedRequest> updates = stage.aws().requests().updatesOf("orders");
    assertThat(updates).hasSize(1);
    JsonNode body = Objects.requireNonNull(updates.getFirst().body());
    assertThat(names(body)).containsExactlyInAnyOrder("Timeout", "Environment", "RevisionId");
    assertThat(body.get("RevisionId").asText()).isEqualTo(revision);
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void whatIsAlreadySoIsNotSent() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("MemorySize", 256));

    // When
    stage.apply("orders", "functionName: orders\nmemorySize: 256\ntracingConfig: {}\nlayers: []");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void theStatusTellsWhatAwsAnswered() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    LambdaFunctionConfig resource = stage.awaitReady("orders");
    JsonNode function = stage.aws().function("orders");
    LambdaFunctionConfigStatus status = Objects.requireNonNull(resource.getStatus());
    assertThat(status.functionArn)
        .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:orders");
    assertThat(status.state).isEqualTo("Active");
    assertThat(status.lastUpdateStatus).isEqualTo("Successful");
    assertThat(status.revisionId).isEqualTo(function.get("RevisionId").asText());
    assertThat(status.codeSha256).isEqualTo(function.get("CodeSha256").asText());
    assertThat(status.managedFields).containsExactly("timeout");
    assertThat(status.drift).isNull();
    assertThat(stage.history("orders"))
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
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // When
    LambdaFunctionConfig resource = stage.awaitReady("orders");

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
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 512");
    stage.awaitReady("orders");

    // When
    stage.apply("orders", "functionName: orders\nmemorySize: 1024");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    JsonNode body =
        Objects.requireNonNull(stage.aws().requests().updatesOf("orders").getLast().body());
    assertThat(names(body)).containsExactlyInAnyOrder("MemorySize", "RevisionId");
  }

  @Test
  void aFunctionIsFoundByItsArnInItsRegion() {
    // Given
    stage.aws().region("us-east-1").createFunction(FunctionSeed.zip("orders"));

    // When
    stage.apply(
        "orders",
        "functionName: arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().region("us-east-1").function("orders").get("Timeout").asInt())
        .isEqualTo(30);
    assertThat(stage.status("orders").region).isEqualTo("us-east-1");
  }

  @Test
  void deletingTheResourceLeavesTheFunctionAlone() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().requests().clear();

    // When
    stage.resource("orders").delete();

    // Then
    assertThat(stage.resource("orders").get()).isNull();
    assertThat(stage.aws().requests().all()).isEmpty();
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
  }

  static List<String> names(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
