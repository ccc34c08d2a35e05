package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.LoggedRequest;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deletion of a resource retains or restores its function. */
final class DeletionPolicyIT {

  private static final String FINALIZER = "lambdaconfig.dev/restore";

  private static final String SPEC =
      """
      functionName: orders
      deletionPolicy: Restore
      timeout: 30
      description: new
      deadLetterConfig: {}
      environment: {variables: {BOTH: canary-after, NEW: canary-new}}
      """;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withRestoreTimeout(Duration.ofSeconds(4));

  private final ResourceClient resources = operator.resources();

  @Test
  void retainedIsGoneAtOnceAlsoWhereAwsIsOutOfReach() {
    // Given
    operator.aws().createFunction(RestorableFunction.SEED);
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");
    assertThat(resources.get("orders").getMetadata().getFinalizers()).isEmpty();
    assertThat(resources.status("orders").baseline).isNull();
    operator.aws().faults().onAnything().always().thenCutBeforeApplying();

    // When
    resources.resource("orders").delete();

    // Then
    assertThat(resources.resource("orders").get()).isNull();
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void restoredComesBackExactlyAsFarAsItWasManaged() {
    // Given: somebody else changes the memory, which is not managed
    operator.aws().createFunction(RestorableFunction.SEED);
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    assertThat(function().at("/Environment/Variables").toString())
        .isEqualTo("{\"BOTH\":\"canary-after\",\"NEW\":\"canary-new\"}");
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 1024}");
    LambdaFunctionConfig kept = resources.awaitReady("orders");
    assertThat(kept.getMetadata().getFinalizers()).containsExactly(FINALIZER);
    assertKept(kept);
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();

    // Then: one guarded update of just these members
    resources.awaitGone("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
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
    Events.await(operator, "orders", "Restored");
    RestorableFunction.assertNoValueReported(operator, kept);
  }

  @Test
  void whatIsManagedLaterHasItsOwnBaselineAndDriftChangesNone() {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 99, \"MemorySize\": 2048}");
    awaitTimeout(30);
    resources.awaitReady("orders");

    // When
    resources.apply(
        "orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 31\nmemorySize: 256");
    resources.awaitReady("orders");

    // Then
    assertThat(baseline("orders")).containsExactly("timeout=7", "memorySize=2048");

    // And when
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(function().path("MemorySize").asInt()).isEqualTo(2048);
  }

  @Test
  void whatTheSpecReleasedStaysAsItIs() {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30\nmemorySize: 256");
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\nmemorySize: 256");
    resources.awaitReady("orders");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(function().path("MemorySize").asInt()).isEqualTo(512);
    assertThat(timeout()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend: true", "mode: Observe", "deletionPolicy: Retain"})
  void whoIsNotToWriteIsReleasedWithoutAWrite(String change) {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");
    operator.aws().requests().clear();
    String policy = change.startsWith("deletionPolicy") ? "" : "deletionPolicy: Restore\n";
    resources.apply("orders", "functionName: orders\n" + policy + change + "\ntimeout: 30");
    if (!change.startsWith("suspend")) {
      resources.await(
          "orders",
          "to lose its finalizer",
          resource -> resource.getMetadata().getFinalizers().isEmpty());
    }

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().requests().updates()).isEmpty();
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void anotherProcessTakesUpADeletion() throws Exception {
    // Given
    operator.aws().createFunction(RestorableFunction.SEED);
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    operator.stop();
    resources.resource("orders").delete();
    assertThat(resources.get("orders").getMetadata().getDeletionTimestamp()).isNotNull();

    // When
    operator.start();

    // Then: the environment is restored too, from the Secret
    resources.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(function().at("/Environment/Variables").size()).isEqualTo(2);
    assertThat(function().at("/Environment/Variables/OLD").asText()).isEqualTo("canary-old");
  }

  @Test
  void aRestoreGoesOnWhereAwsIsBusyOrTheFunctionChanged() {
    // Given
    RestorableFunction.inSync(operator, "timeout: 30");
    operator.aws().requests().clear();
    operator.aws().faults().onUpdates().times(1).thenConflict();
    operator.aws().faults().onUpdates().times(1).thenThrottle();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenMeanwhile(() -> operator.aws().touch("orders"));

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(timeout()).isEqualTo(7);
    assertThat(operator.aws().requests().updatesOf("orders"))
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
    return operator.aws().function("orders");
  }

  private List<String> baseline(String name) {
    List<BaselineField> fields = requireNonNull(resources.status(name).baseline);
    return fields.stream().map(field -> field.path() + "=" + field.value()).toList();
  }

  /**
   * Requires that the values are in the operator's namespace, which no tenant reads, and nowhere
   * else.
   */
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
            .inNamespace(operator.operatorNamespace())
            .withName(name)
            .require();
    assertThat(name).isEqualTo("lambda-config-baseline-" + uid);
    assertThat(secret.getImmutable()).isTrue();
    assertThat(secret.getData()).containsOnlyKeys("OLD", "BOTH");
    assertThat(secret.getMetadata().getAnnotations())
        .containsEntry("lambdaconfig.dev/resource", operator.namespace() + "/orders")
        .containsEntry("lambdaconfig.dev/resource-uid", uid);
    assertThat(
            ApiServer.shared()
                .client()
                .secrets()
                .inNamespace(operator.namespace())
                .list()
                .getItems())
        .isEmpty();
  }
}
