package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a function when its resource is deleted. */
final class RestoreIT {

  private static final String FINALIZER = "lambdaconfig.dev/restore";

  private static final FunctionSeed SEED =
      FunctionSeed.zip("orders")
          .with("Timeout", 7)
          .with("MemorySize", 512)
          .with(
              """
              {"DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dlq"},
               "Environment": {"Variables": {"OLD": "canary-old", "BOTH": "canary-before"}}}
              """);

  private static final String SPEC =
      """
      functionName: orders
      deletionPolicy: Restore
      timeout: 30
      description: new
      deadLetterConfig: {}
      environment: {variables: {BOTH: canary-after, NEW: canary-new}}
      """;

  @RegisterExtension final Stage stage = Stage.watchful().restoringFor(Duration.ofSeconds(4));

  @Test
  void retainedIsGoneAtOnceAlsoWhereAwsIsOutOfReach() {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    assertThat(stage.get("orders").getMetadata().getFinalizers()).isEmpty();
    assertThat(stage.status("orders").baseline).isNull();
    stage.aws().faults().onAnything().always().thenCutBeforeApplying();

    // When
    stage.resource("orders").delete();

    // Then
    assertThat(stage.resource("orders").get()).isNull();
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void restoredComesBackExactlyAsFarAsItWasManaged() {
    // Given: memory is not managed, and changed by somebody else
    stage.aws().createFunction(SEED);
    stage.apply("orders", SPEC);
    stage.awaitReady("orders");
    assertThat(function().at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-after\",\"NEW\":\"canary-new\"}");
    stage.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    LambdaFunctionConfig kept = stage.awaitReady("orders");
    assertThat(kept.getMetadata().getFinalizers()).containsExactly(FINALIZER);
    assertKept(kept);
    stage.aws().requests().clear();

    // When
    stage.resource("orders").delete();

    // Then: one guarded update of just these members
    stage.awaitGone("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .singleElement()
        .satisfies(
            update -> {
              JsonNode body = requireNonNull(update.body());
              assertThat(body.path("RevisionId").asText()).isNotEmpty();
              assertThat(body.fieldNames())
                  .toIterable()
                  .containsExactlyInAnyOrder(
                      "RevisionId", "Timeout", "Description", "DeadLetterConfig", "Environment");
            });
    assertThat(timeout()).isEqualTo(7);
    assertThat(function().path("Description").asText()).isEmpty();
    assertThat(function().at("/DeadLetterConfig/TargetArn").asText()).endsWith(":dlq");
    assertThat(function().at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-before\",\"OLD\":\"canary-old\"}");
    assertThat(function().path("MemorySize").asInt()).isEqualTo(1024);
    Events.await(stage, "orders", "Restored");
    assertNoCanary(kept);
  }

  @Test
  void whatIsManagedLaterHasItsOwnBaselineAndDriftChangesNone() {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 99, \"MemorySize\": 2048}");
    awaitTimeout(30);
    stage.awaitReady("orders");

    // When
    stage.apply(
        "orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 31\nmemorySize: 256");
    stage.awaitReady("orders");

    // Then
    assertThat(baseline("orders")).containsExactly("timeout=7", "memorySize=2048");

    // And when
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(function().path("MemorySize").asInt()).isEqualTo(2048);
  }

  @Test
  void whatTheSpecReleasedStaysAsItIs() {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply(
        "orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30\nmemorySize: 256");
    stage.awaitReady("orders");
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\nmemorySize: 256");
    stage.awaitReady("orders");

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(function().path("MemorySize").asInt()).isEqualTo(512);
    assertThat(timeout()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend: true", "mode: Observe", "deletionPolicy: Retain"})
  void whoIsNotToWriteIsReleasedWithoutAWrite(String change) {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().requests().clear();
    String policy = change.startsWith("deletionPolicy") ? "" : "deletionPolicy: Restore\n";
    stage.apply("orders", "functionName: orders\n" + policy + change + "\ntimeout: 30");
    if (!change.startsWith("suspend")) {
      stage.await(
          "orders",
          "to lose its finalizer",
          resource -> resource.getMetadata().getFinalizers().isEmpty());
    }

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(stage.aws().requests().updates()).isEmpty();
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void anotherProcessTakesUpADeletion() throws Exception {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply("orders", SPEC);
    stage.awaitReady("orders");
    stage.stopOperator();
    stage.resource("orders").delete();
    assertThat(stage.get("orders").getMetadata().getDeletionTimestamp()).isNotNull();

    // When
    stage.startOperator();

    // Then: the environment too, out of the Secret
    stage.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(function().at("/Environment/Variables").size()).isEqualTo(2);
    assertThat(function().at("/Environment/Variables/OLD").asText()).isEqualTo("canary-old");
  }

  @Test
  void aRestoreGoesOnWhereAwsIsBusyOrTheFunctionChanged() {
    // Given
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().requests().clear();
    stage.aws().faults().onUpdates().times(1).thenConflict();
    stage.aws().faults().onUpdates().times(1).thenThrottle();
    stage.aws().faults().onUpdates().times(1).thenMeanwhile(() -> stage.aws().touch("orders"));

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(stage.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(1);
  }

  private int timeout() {
    return function().path("Timeout").asInt();
  }

  private void awaitTimeout(int seconds) {
    Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> timeout() == seconds);
  }

  private JsonNode function() {
    return stage.aws().function("orders");
  }

  private List<String> baseline(String name) {
    List<BaselineField> fields = requireNonNull(stage.status(name).baseline);
    return fields.stream().map(field -> field.path() + "=" + field.value()).toList();
  }

  /** In the operator's namespace, where no tenant reads, and nowhere else. */
  private void assertKept(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    List<BaselineField> fields =
        requireNonNull(requireNonNull(resource.getStatus(), "a status").baseline);
    String name =
        fields.stream()
            .filter(field -> field.path().equals("environment.variables"))
            .map(BaselineField::secretName)
            .findFirst()
            .orElseThrow();
    Secret secret =
        ApiServer.shared()
            .client()
            .secrets()
            .inNamespace(stage.operatorNamespace())
            .withName(name)
            .require();
    assertThat(name).isEqualTo("lambda-config-baseline-" + uid);
    assertThat(secret.getImmutable()).isTrue();
    assertThat(secret.getData()).containsOnlyKeys("OLD", "BOTH");
    assertThat(secret.getMetadata().getAnnotations())
        .containsEntry("lambdaconfig.dev/resource", stage.namespace() + "/orders")
        .containsEntry("lambdaconfig.dev/resource-uid", uid);
    assertThat(
            ApiServer.shared().client().secrets().inNamespace(stage.namespace()).list().getItems())
        .isEmpty();
  }

  private void assertNoCanary(LambdaFunctionConfig resource) {
    assertThat(Serialization.asJson(resource.getStatus())).doesNotContain("canary");
    assertThat(Events.of(stage, "orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"));
  }
}
