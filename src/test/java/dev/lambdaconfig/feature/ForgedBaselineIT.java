package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A baseline that somebody else wrote restores nothing that the spec could not have, also where it
 * looks like the operator's own.
 */
final class ForgedBaselineIT {

  private static final String OURS = "arn:aws:iam::123456789012:role/orders/worker";
  private static final String ADMIN = "arn:aws:iam::123456789012:role/admin";
  private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/payroll";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir private Path directory;

  @BeforeEach
  void aFunctionUnderAPolicy() throws Exception {
    Path file = directory.resolve("policy.yaml");
    Files.writeString(
        file,
        """
        rules:
          - namespaces: ["%s"]
            functions: ["orders"]
            roles: ["arn:aws:iam::123456789012:role/orders/*"]
            kmsKeys: []
        """
            .formatted(operator.namespace()));
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5).with("Role", OURS));
    operator.start(operator.options().withPolicyFile(file));
    resources.apply(
        "orders",
        """
        functionName: orders
        timeout: 30
        role: %s
        kmsKeyArn: ""
        deletionPolicy: Restore
        """
            .formatted(OURS));
    resources.awaitReady("orders");
  }

  @Test
  void underTheOperatorsOwnNameItRestoresNothingBeyondThePolicy() {
    // Given
    LambdaFunctionConfigStatus forged = resources.status("orders");
    forged.baseline =
        List.of(
            new BaselineField("timeout", 5L, null),
            new BaselineField("role", ADMIN, null),
            new BaselineField("kmsKeyArn", KEY, null));
    store(forged);

    // When
    resources.resource("orders").delete();
    resources.awaitGone("orders");

    // Then
    assertThat(operator.aws().function("orders").get("Role").asText()).isEqualTo(OURS);
    assertThat(operator.aws().function("orders").has("KMSKeyArn")).isFalse();
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(5);
    Events.await(operator, "orders", "RestoreAbandoned");
    assertThat(Events.with(operator, "RestoreAbandoned"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getMessage())
                    .contains("role " + ADMIN)
                    .contains("KMS key " + KEY));
  }

  @Test
  void aFunctionThatHasAWithheldValueAlreadyLacksNothing() {
    // Given: no field that could be restored
    resources.apply(
        "orders", "{functionName: orders, role: '" + OURS + "', deletionPolicy: Restore}");
    resources.awaitReady("orders");
    LambdaFunctionConfigStatus forged = resources.status("orders");
    forged.baseline = List.of(new BaselineField("role", ADMIN, null));
    store(forged);
    operator.aws().changeBehindTheBack("orders", "{\"Role\": \"" + ADMIN + "\"}");
    int updates = operator.aws().requests().updates().size();

    // When
    resources.resource("orders").delete();
    resources.awaitGone("orders");

    // Then
    assertThat(operator.aws().requests().updates()).hasSize(updates);
    assertThat(Events.with(operator, "RestoreAbandoned")).isEmpty();
  }

  /** Stores a status that the operator then goes on with. */
  private void store(LambdaFunctionConfigStatus forged) {
    applyAsTheOperator(forged);
    resources.requestReconcile("orders", "with what is stored");
    resources.awaitHandled("orders", "with what is stored");
    assertThat(resources.status("orders").baseline).isEqualTo(forged.baseline);
  }

  private void applyAsTheOperator(LambdaFunctionConfigStatus status) {
    resources
        .resource("orders")
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("lambda-config-operator")
                .withForce(true)
                .build(),
            Serialization.asJson(
                Map.of(
                    "apiVersion",
                    LambdaFunctionConfig.API_VERSION,
                    "kind",
                    "LambdaFunctionConfig",
                    "metadata",
                    Map.of("name", "orders", "namespace", operator.namespace()),
                    "status",
                    status)));
  }
}
