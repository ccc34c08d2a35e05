package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition that somebody else owns, in whole or in part, is removed where it is not true. */
final class ForeignConditionIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  private final StatusWrites writes = new StatusWrites();

  @BeforeEach
  void aFunction() throws Exception {
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
  }

  @AfterEach
  void close() {
    operator.stop();
    writes.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Stalled, 2026-01-01T00:00:00Z",
    "Reconciling, 2026-01-01T00:00:00Z",
    "Suspended, 2026-01-01T00:00:00Z",
    "BackedUp, 2026-01-01T00:00:00Z",
    // An instant that the operator does not read.
    "Stalled, 0001-01-01T00:00:00Z",
  })
  void anAddedOneIsRemovedByAFewWrites(String type, String since) throws Exception {
    // Given
    operator.start(setup -> setup.withInterceptor(writes));
    resources.awaitReady("orders");
    final LambdaFunctionConfigStatus before = resources.status("orders");
    int sent = writes.sent();

    // When
    patch(
        PatchType.JSON,
        "[{\"op\": \"add\", \"path\": \"/status/conditions/-\", \"value\": "
            + condition(type, since)
            + "}]");
    awaitOnlyTheOperators();

    // Then: what follows writes nothing
    resources.requestReconcile("orders", "again");
    resources.awaitHandled("orders", "again");
    assertThat(resources.status("orders").conditions).isEqualTo(before.conditions);
    assertThat(resources.history("orders")).isEqualTo(before.history);
    assertThat(writes.sent() - sent).isLessThanOrEqualTo(6);
  }

  @Test
  void restoredOnesKeepNoUpdateFromBeingReported() throws Exception {
    // Given
    patch(
        PatchType.JSON_MERGE,
        Serialization.asJson(
            Map.of(
                "status",
                Map.of(
                    "observedGeneration",
                    1,
                    "conditions",
                    Stream.of("Suspended", "Stalled", "Reconciling", "Ready")
                        .map(type -> Serialization.unmarshal(condition(type), Map.class))
                        .toList()))));

    // When
    operator.start(setup -> setup.withInterceptor(writes));
    resources.awaitReady("orders");

    // Then
    awaitOnlyTheOperators();
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(resources.history("orders"))
        .singleElement()
        .satisfies(update -> assertThat(update.outcome()).isEqualTo("Succeeded"));
    assertThat(writes.sent()).isLessThanOrEqualTo(15);
    resources.apply("orders", "functionName: orders\ntimeout: 31");
    resources.awaitReady("orders");
    awaitOnlyTheOperators();
  }

  private static String condition(String type) {
    return condition(type, "2026-01-01T00:00:00Z");
  }

  private static String condition(String type, String since) {
    return """
    {"type": "%s", "status": "True", "reason": "Restored", "message": "from a backup",
     "observedGeneration": 1, "lastTransitionTime": "%s"}
    """
        .formatted(type, since);
  }

  private void patch(PatchType type, String patch) {
    resources
        .resource("orders")
        .subresource("status")
        .patch(
            new PatchContext.Builder().withPatchType(type).withFieldManager("backup-tool").build(),
            patch);
  }

  private void awaitOnlyTheOperators() {
    Awaitility.await("the conditions to be the operator's")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              GenericKubernetesResource stored = stored();
              assertThat(Kstatus.conditions(stored))
                  .extracting(condition -> condition.get("type"))
                  .containsExactly("Ready", "Drifted");
              assertThat(Kstatus.of(stored)).isEqualTo(Kstatus.CURRENT);
            });
  }

  /** The resource with all that the API server returns. */
  private GenericKubernetesResource stored() {
    return requireNonNull(
        Serialization.unmarshal(
            operator
                .server()
                .client()
                .raw(
                    "/apis/%s/namespaces/%s/lambdafunctionconfigs/orders"
                        .formatted(LambdaFunctionConfig.API_VERSION, operator.namespace())),
            GenericKubernetesResource.class));
  }
}
