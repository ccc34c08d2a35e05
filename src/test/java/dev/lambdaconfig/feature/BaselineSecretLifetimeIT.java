package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.deploy.ChartRights;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The time for which the Secret of a baseline is kept under {@code deletionPolicy: Restore}. */
final class BaselineSecretLifetimeIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withRestoreTimeout(Duration.ofSeconds(20));

  private final ResourceClient resources = operator.resources();

  private final BaselineSecrets baselines = new BaselineSecrets(operator);

  @Test
  void whatAnAcceptedUpdateNeedsOutlivesARefusedOneAndGoesWithTheResource() {
    // Given
    LambdaFunctionConfig owner = baselines.givenOwner();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "no");

    // When
    resources.apply(
        "owner",
        "functionName: payroll\ndeletionPolicy: Restore\nenvironment: {variables: {AA: new}}");

    // Then
    resources.awaitStalled("owner", "InvalidParameterValueException");
    assertThat(baselines.values(owner)).isEqualTo(Map.of("TOKEN", "canary-payroll"));

    // And when
    resources.resource("owner").delete();

    // Then
    resources.awaitGone("owner");
    assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
    baselines.awaitKept(0);
  }

  @Test
  void aRestoreThatIsRefusedOnceDoesNotDropWhatWasThereBefore() {
    // Given: deleted while the first update runs
    baselines.givenOwnerBeingUpdated();
    resources.resource("owner").delete();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "not now");

    // When
    operator.aws().settle("payroll");

    // Then
    resources.awaitGone("owner");
    assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
  }

  @Test
  void aResourceThatIsSetToRetainNeedsNothingAnyMore() {
    // Given
    baselines.givenOwner();
    baselines.awaitKept(1);

    // When
    resources.apply("owner", "functionName: payroll\nenvironment: {variables: {}}");

    // Then
    baselines.awaitKept(0);
    resources.await(
        "owner",
        "to name no Secret",
        resource -> !Serialization.asJson(resource.getStatus()).contains("secretName"));
  }

  @Test
  void theDeletionOfTheNamespaceTakesNothingWithIt() throws Exception {
    // Given
    baselines.givenOwner();
    operator.stop();

    // When: Secrets are deleted first, as by the namespace controller, and the operator restarts
    KubernetesClient client = operator.server().client();
    client.namespaces().withName(operator.namespace()).delete();
    client.secrets().inNamespace(operator.namespace()).delete();
    resources.resource("owner").delete();
    operator.start();

    // Then
    resources.awaitGone("owner");
    assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
    baselines.awaitKept(0);
  }

  @Test
  void deletionInTheForegroundTakesNothingWithIt() throws Exception {
    // Given
    LambdaFunctionConfig owner = baselines.givenOwner();
    operator.stop();

    // When: owned objects are deleted first, as by the garbage collector, and the operator restarts
    String uid = owner.getMetadata().getUid();
    resources.resource("owner").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    for (String namespace : List.of(operator.namespace(), operator.operatorNamespace())) {
      for (Secret secret : baselines.secrets(namespace)) {
        if (secret.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(uid))) {
          operator.server().client().resource(secret).delete();
        }
      }
    }
    operator.start();
    resources.await(
        "owner",
        "to be released",
        resource -> !resource.getMetadata().getFinalizers().contains("lambdaconfig.dev/restore"));
    resources
        .resource("owner")
        .edit(
            resource -> {
              resource.getMetadata().getFinalizers().remove("foregroundDeletion");
              return resource;
            });

    // Then
    resources.awaitGone("owner");
    assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("TOKEN", "canary-payroll"));
  }

  @Test
  void whatBelongsToNoResourceAnyMoreIsCollectedAndTheRestIsNot() throws Exception {
    // Given: one Secret of a deleted resource, and one of a resource that this operator, which may
    // read all of the cluster, does not select
    operator.stop();
    String elsewhere = operator.server().freshNamespace("elsewhere");
    LambdaFunctionConfig living =
        operator
            .resourcesIn(elsewhere)
            .apply("living", "functionName: payroll\ndeletionPolicy: Restore");
    baselines.plant("gone", operator.namespace(), UUID.randomUUID().toString());
    baselines.plant("living", elsewhere, living.getMetadata().getUid());
    baselines.plant("living", elsewhere, UUID.randomUUID().toString());

    // When
    operator.start(
        new RunOptions(Duration.ofSeconds(1), 0, Set.of(), false)
            .withSelector("only=" + operator.namespace())
            .withOperatorNamespace(operator.operatorNamespace()));

    // Then
    awaitOnly(living.getMetadata().getUid());
  }

  @Test
  void whatBelongsToANamespaceThatTheOperatorMayNotReadIsKept() throws Exception {
    // Given: Secrets in the order in which they are checked
    operator.stop();
    String unread = "00000000-0000-0000-0000-000000000000";
    baselines.plant("unread", operator.server().freshNamespace("elsewhere"), unread);
    baselines.plant("gone", operator.namespace(), "ffffffff-ffff-ffff-ffff-ffffffffffff");

    // When
    operator.start();

    // Then it is another operator's, and no failure of this one
    awaitOnly(unread);
    assertThat(operator.scrape().sum("lambdaconfig_baselines_unchecked", Map.of())).isZero();
  }

  private void awaitOnly(String uid) {
    baselines.awaitKept(1);
    assertThat(baselines.kept())
        .singleElement()
        .satisfies(secret -> assertThat(secret.getMetadata().getName()).endsWith(uid));
  }
}
