package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.deploy.ChartRights;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion waits only for a restore that is possible, and only until its timeout. */
final class BlockedRestoreIT {

  private static final String SPEC =
      """
      functionName: orders
      deletionPolicy: Restore
      timeout: 30
      description: new
      environment: {variables: {BOTH: canary-after}}
      """;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .startedByTest()
          .withRestoreTimeout(Duration.ofSeconds(4));

  private final ResourceClient resources = operator.resources();

  @Test
  void aFunctionThatIsGoneHoldsNobodyUp() throws Exception {
    // Given
    operator.start();
    RestorableFunction.inSync(operator, "timeout: 30");
    operator.aws().deleteFunction("orders");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getReason)
        .doesNotContain("RestoreAbandoned");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatCannotBeRestoredIsLetGoAndReported(boolean reachable) throws Exception {
    // Given
    operator.start();
    operator.aws().createFunction(RestorableFunction.SEED);
    LambdaFunctionConfig kept = resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    if (reachable) {
      operator
          .aws()
          .faults()
          .onUpdates()
          .always()
          .thenAnswer(400, "InvalidParameterValueException", "cannot take canary-before");
    } else {
      operator.aws().faults().onAnything().always().thenCutBeforeApplying();
    }
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();

    // Then: it is retried until the timeout
    resources.awaitReason("orders", "Restoring");
    assertThat(resources.condition("orders", "Ready")).isFalse();
    assertThat(resources.condition("orders", "Reconciling")).isTrue();
    RestorableFunction.assertNoValueReported(operator, resources.get("orders"));
    resources.awaitGone("orders");
    assertThat(operator.aws().requests().all()).hasSizeGreaterThan(1);
    Events.await(operator, "orders", "RestoreAbandoned");
    assertThat(Events.of(operator, "orders"))
        .filteredOn(event -> event.getReason().equals("RestoreAbandoned"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getMessage())
                  .contains("timeout", "description", "environment.variables");
            });
    RestorableFunction.assertNoValueReported(operator, kept);
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void withoutTheRightsNothingIsWrittenAndTheMissingOneIsNamed() throws Exception {
    // Given
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    operator.aws().createFunction(RestorableFunction.SEED);
    operator.start(setup -> setup.withKubeconfig(rights.kubeconfig()));

    // When
    resources.apply("orders", SPEC);

    // Then
    resources.awaitStalled("orders", "RestoreForbidden");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "patch lambdafunctionconfigs.lambdaconfig.dev in namespace " + operator.namespace());
    assertThat(operator.aws().requests().updates()).isEmpty();

    // And when
    rights.grantForResources("restore-rbac.yaml");
    resources.requestReconcile("orders", "first");

    // Then
    resources.await(
        "orders",
        "to name the other right",
        resource ->
            resources
                .condition("orders", "Stalled")
                .message()
                .contains(
                    "create, get, list and delete secrets in namespace "
                        + operator.operatorNamespace()));
    assertThat(operator.aws().requests().updates()).isEmpty();

    // And when
    rights.grantForTheOperator("restore-rbac.yaml");
    resources.requestReconcile("orders", "second");

    // Then
    resources.awaitReady("orders");
    resources.resource("orders").delete();
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(7);
    assertThat(operator.aws().function("orders").at("/Environment/Variables/OLD").asText())
        .isEqualTo("canary-old");
  }

  @Test
  void aResourceThatIsMadeAnewDuringAReconcileIsTakenUp() throws Exception {
    // Given
    operator.aws().createFunction(RestorableFunction.SEED);
    operator.start();
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");

    // When: the operator is notified of both while it waits for AWS
    CountDownLatch done = new CountDownLatch(1);
    operator
        .aws()
        .faults()
        .onReads()
        .times(1)
        .thenMeanwhile(
            () -> {
              resources.resource("orders").delete();
              resources.apply("orders", "functionName: orders\ntimeout: 60");
              Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
              done.countDown();
            });

    // Then
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").path("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void whoComesNextWaitsUntilTheFunctionIsWhatItWas() throws Exception {
    // Given
    operator.start();
    RestorableFunction.inSync(operator, "timeout: 30");
    resources.awaitNextSecond();
    resources.apply("younger", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 60");
    resources.awaitStalled("younger", "Conflict");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitReady("younger");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30, 7, 60);
    assertThat(Objects.requireNonNull(resources.status("younger").baseline))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).isEqualTo(7L));
  }
}
