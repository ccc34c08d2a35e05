package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status that somebody else writes is corrected within seconds, and not used. */
final class ForeignStatusIT {

  private static final String SPEC =
      """
      functionName: orders
      timeout: 30
      deletionPolicy: Restore
      """;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  private final StatusWrites writes = new StatusWrites();

  @BeforeEach
  void aFunctionThatIsKept() throws Exception {
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    operator.start(setup -> setup.withInterceptor(writes));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
  }

  @AfterEach
  void close() {
    operator.stop();
    writes.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"observedGeneration\": null, \"conditions\": null, \"history\": null, \"baseline\":"
            + " null, \"functionArn\": null, \"revisionId\": null, \"managedFields\": null}",
        "{\"observedGeneration\": 99}",
        "{\"functionArn\": \"arn:aws:lambda:eu-west-1:999999999999:function:payroll\"}",
        "{\"revisionId\": \"00000000-0000-0000-0000-000000000000\"}",
        "{\"history\": [{\"time\": \"2030-01-01T00:00:00Z\", \"fields\": [\"timeout\"], \"cause\":"
            + " \"SpecChanged\", \"generation\": 1, \"outcome\": \"InProgress\"}]}",
        "{\"lastHandledReconcileAt\": \"forged\"}",
        "{\"stateReason\": \"forged\", \"masterArn\": \"forged\"}",
        "{\"baseline\": [{\"path\": \"timeout\", \"value\": \"899\"}]}",
        "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"Forged\","
            + " \"message\": \"\", \"lastTransitionTime\": \"2020-01-01T00:00:00Z\"}]}"
      })
  void aWipedOrForgedStatusIsPutRight(String forged) {
    // Given
    LambdaFunctionConfigStatus before = resources.status("orders");
    operator.aws().requests().clear();

    // When
    assertThat(forge(forged).getStatus()).isNotEqualTo(before);

    // Then
    awaitStatus(before);
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    assertThat(operator.aws().requests().readsOf("orders")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aForgedBaselineRestoresNothing() {
    // When
    forge("{\"baseline\": [{\"path\": \"timeout\", \"value\": \"899\"}]}");
    resources.resource("orders").delete();
    resources.awaitGone("orders");

    // Then
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(5);
  }

  @Test
  void aForgeryBesideAChangeOfTheSpecSendsItOnceAndMovesNoPin() {
    // Given
    operator.aws().requests().clear();

    // When
    forge("{\"functionArn\": \"arn:aws:lambda:eu-west-1:999999999999:function:payroll\"}");
    resources.apply("orders", SPEC.replace("30", "31"));

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    Awaitility.await("the pin")
        .atMost(Duration.ofSeconds(60))
        .until(() -> requireNonNull(resources.status("orders").functionArn).endsWith(":orders"));
    assertThat(resources.history("orders")).hasSize(2);
  }

  @Test
  void aForgerThatGoesOnCostsABoundedNumberOfWrites() {
    // Given
    LambdaFunctionConfigStatus before = resources.status("orders");
    operator.aws().requests().clear();
    int sent = writes.sent();
    long began = System.nanoTime();

    // When
    AtomicInteger forgeries = new AtomicInteger();
    try (ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          other.scheduleAtFixedRate(
              () -> forge("{\"revisionId\": \"forged-" + forgeries.incrementAndGet() + "\"}"),
              0,
              100,
              TimeUnit.MILLISECONDS);
      Awaitility.await("forgeries").atMost(Duration.ofMinutes(2)).until(() -> forgeries.get() > 80);
      other.shutdownNow();
    }

    // Then: one write at once and after 1, 3, 7, 15 s and so on, each with some conflicts
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    int corrections = 2 + Long.SIZE - 1 - Long.numberOfLeadingZeros(1 + seconds);
    assertThat(writes.sent() - sent).isLessThanOrEqualTo(8 * corrections);
    assertThat(operator.aws().requests().readsOf("orders"))
        .hasSizeLessThanOrEqualTo((int) (10 + seconds / 10));
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    awaitStatus(before);
  }

  @Test
  void whatIsPutRightIsTheOperatorsAgain() {
    // When
    forge("{\"revisionId\": \"forged\", \"stateReason\": \"forged\"}");
    Awaitility.await("the status to be put right")
        .atMost(Duration.ofSeconds(60))
        .until(() -> resources.status("orders").stateReason == null);

    // Then
    assertThat(resources.get("orders").getMetadata().getManagedFields())
        .filteredOn(entry -> "status".equals(entry.getSubresource()))
        .extracting(ManagedFieldsEntry::getManager)
        .containsExactly("lambda-config-operator");
  }

  private LambdaFunctionConfig forge(String status) {
    return resources
        .resource("orders")
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("backup-tool")
                .build(),
            "{\"status\": " + status + "}");
  }

  private void awaitStatus(LambdaFunctionConfigStatus expected) {
    Awaitility.await("the status to be put right")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(resources.status("orders")).isEqualTo(expected));
  }
}
