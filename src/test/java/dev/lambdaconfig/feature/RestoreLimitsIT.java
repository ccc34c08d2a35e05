package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion is held up by what can be restored, for a while, and by nothing else. */
final class RestoreLimitsIT {

  private static final FunctionSeed SEED =
      FunctionSeed.zip("orders")
          .with(
              """
              {"Timeout": 7,
               "Environment": {"Variables": {"OLD": "canary-old", "BOTH": "canary-before"}}}
              """);

  private static final String SPEC =
      """
      functionName: orders
      deletionPolicy: Restore
      timeout: 30
      description: new
      environment: {variables: {BOTH: canary-after}}
      """;

  @RegisterExtension
  final Stage stage = Stage.withoutOperator().restoringFor(Duration.ofSeconds(4));

  @Test
  void aFunctionThatIsGoneHoldsNobodyUp() throws Exception {
    // Given
    stage.startOperator();
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    stage.aws().deleteFunction("orders");

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(Events.of(stage, "orders"))
        .extracting(Event::getReason)
        .doesNotContain("RestoreAbandoned");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatCannotBeRestoredIsLetGoAndTold(boolean reachable) throws Exception {
    // Given
    stage.startOperator();
    stage.aws().createFunction(SEED);
    LambdaFunctionConfig kept = stage.apply("orders", SPEC);
    stage.awaitReady("orders");
    if (reachable) {
      stage
          .aws()
          .faults()
          .onUpdates()
          .always()
          .thenAnswer(400, "InvalidParameterValueException", "cannot take canary-before");
    } else {
      stage.aws().faults().onAnything().always().thenCutBeforeApplying();
    }
    stage.aws().requests().clear();

    // When
    stage.resource("orders").delete();

    // Then: it is tried until the time is over
    stage.awaitReason("orders", "Restoring");
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("False");
    assertThat(stage.condition("orders", "Reconciling").status()).isEqualTo("True");
    assertNoCanary(stage.get("orders"));
    stage.awaitGone("orders");
    assertThat(stage.aws().requests().all()).hasSizeGreaterThan(1);
    Events.await(stage, "orders", "RestoreAbandoned");
    assertThat(Events.of(stage, "orders"))
        .filteredOn(event -> event.getReason().equals("RestoreAbandoned"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getMessage())
                  .contains("timeout", "description", "environment.variables");
            });
    assertNoCanary(kept);
    assertThat(stage.aws().function("orders").path("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void withoutTheRightsNothingIsWrittenAndTheMissingOneIsNamed() throws Exception {
    // Given
    Rights rights = new Rights(stage, "operator");
    rights.grant("rbac.yaml");
    stage.aws().createFunction(SEED);
    stage.startOperatorAs(rights.kubeconfig());

    // When
    stage.apply("orders", SPEC);

    // Then
    stage.awaitStalled("orders", "RestoreForbidden");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("patch lambdafunctionconfigs.lambdaconfig.dev in namespace " + stage.namespace());
    assertThat(stage.aws().requests().updates()).isEmpty();

    // And when
    rights.grantForResources("restore-rbac.yaml");
    request("first");

    // Then
    stage.await(
        "orders",
        "to name the other right",
        resource ->
            stage
                .condition("orders", "Stalled")
                .message()
                .contains(
                    "create, get, list and delete secrets in namespace "
                        + stage.operatorNamespace()));
    assertThat(stage.aws().requests().updates()).isEmpty();

    // And when
    rights.grantForTheOperator("restore-rbac.yaml");
    request("second");

    // Then
    stage.awaitReady("orders");
    stage.resource("orders").delete();
    stage.awaitGone("orders");
    assertThat(stage.aws().function("orders").path("Timeout").asInt()).isEqualTo(7);
    assertThat(stage.aws().function("orders").at("/Environment/Variables/OLD").asText())
        .isEqualTo("canary-old");
  }

  private void request(String token) {
    stage
        .resource("orders")
        .edit(
            resource -> {
              resource
                  .getMetadata()
                  .setAnnotations(Map.of("lambdaconfig.dev/reconcile-requested-at", token));
              return resource;
            });
  }

  @Test
  void aResourceThatIsMadeAnewDuringAPassIsTakenUp() throws Exception {
    // Given
    stage.aws().createFunction(SEED);
    stage.startOperator();
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");

    // When: the operator hears of both while it waits for AWS
    CountDownLatch done = new CountDownLatch(1);
    stage
        .aws()
        .faults()
        .onReads()
        .times(1)
        .thenMeanwhile(
            () -> {
              stage.resource("orders").delete();
              stage.apply("orders", "functionName: orders\ntimeout: 60");
              Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
              done.countDown();
            });

    // Then
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").path("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void whoComesNextWaitsUntilTheFunctionIsWhatItWas() throws Exception {
    // Given
    stage.startOperator();
    stage.aws().createFunction(SEED);
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 60");
    stage.awaitStalled("younger", "Conflict");

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitReady("younger");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(update -> Objects.requireNonNull(update.body()).path("Timeout").asInt())
        .containsExactly(30, 7, 60);
    assertThat(Objects.requireNonNull(stage.status("younger").baseline))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).isEqualTo(7L));
  }

  private void assertNoCanary(LambdaFunctionConfig resource) {
    assertThat(Serialization.asJson(resource.getStatus())).doesNotContain("canary");
    assertThat(Events.of(stage, "orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"));
  }
}
