package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Former values that the cluster does not let the operator store: no update, and the reason. */
final class RefusedBaselineIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void aQuotaThatIsUsedUpIsNamedAndNothingIsSentUntilThereIsRoom() throws Exception {
    // Given
    var quota =
        operator
            .server()
            .client()
            .resourceQuotas()
            .inNamespace(operator.operatorNamespace())
            .withName("few");
    Map<String, Quantity> none = Map.of("secrets", new Quantity("0"));
    operator
        .server()
        .client()
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace(operator.operatorNamespace())
                .withName("few")
                .endMetadata()
                .withNewSpec()
                .withHard(none)
                .endSpec()
                .build())
        .create();
    // Without its controller nobody else fills in the status.
    quota.editStatus(
        created ->
            new ResourceQuotaBuilder(created)
                .withNewStatus()
                .withHard(none)
                .withUsed(none)
                .endStatus()
                .build());
    operator.start();
    operator.aws().createFunction(RestorableFunction.SEED);

    // When
    resources.apply(
        "orders",
        """
        functionName: orders
        deletionPolicy: Restore
        environment: {variables: {BOTH: canary-after}}
        """);

    // Then
    resources.awaitStalled("orders", "RestoreRefused");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("the ResourceQuota few, which is used up (secrets=0)");
    assertThat(resources.condition("orders", "Stalled").message()).doesNotContain("RBAC");
    assertThat(operator.aws().requests().updates()).isEmpty();

    // And when
    quota.delete();
    resources.requestReconcile("orders", "room");

    // Then
    resources.awaitReady("orders");
  }
}
