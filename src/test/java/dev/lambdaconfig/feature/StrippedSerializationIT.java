package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator's cache keeps only the parts of a resource that it uses. All other tests run with
 * such a cache too; these check what they cannot see.
 */
final class StrippedSerializationIT {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final String REQUESTED = "lambdaconfig.dev/reconcile-requested-at";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void aCacheHoldsNoRecordOfWhoWroteWhat() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders-api"));
    resources.apply("orders-api", "functionName: orders-api\ntimeout: 30");
    resources.awaitReady("orders-api");
    Config config = Config.fromKubeconfig(ApiServer.shared().kubeconfig().toFile());
    try (KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(StrippedSerialization.create())
                .build();
        SharedIndexInformer<LambdaFunctionConfig> informer =
            client
                .resources(LambdaFunctionConfig.class)
                .inNamespace(operator.namespace())
                .inform()) {

      // When: the cache has it from a list first, and then from a watch
      resources
          .resource("orders-api")
          .edit(
              resource -> {
                resource.getMetadata().setAnnotations(Map.of(LAST_APPLIED, "{}", REQUESTED, "1"));
                return resource;
              });
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isAnnotated(cached(informer)));

      // Then
      ObjectMeta stored = resources.get("orders-api").getMetadata();
      assertThat(stored.getManagedFields()).isNotEmpty();
      assertThat(stored.getAnnotations()).containsKey(LAST_APPLIED);
      assertThat(cached(informer).getManagedFields()).isNullOrEmpty();
      assertThat(cached(informer).getAnnotations()).isEqualTo(Map.of(REQUESTED, "1"));
      // The operator answers the request at some time.
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(cached(informer).getResourceVersion())
                      .isEqualTo(resources.get("orders-api").getMetadata().getResourceVersion()));
    }
  }

  @Test
  void whatIsNotReadIsNotTakenAway() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders-api"));
    LambdaFunctionConfig applied =
        resources.apply("orders-api", "functionName: orders-api\ntimeout: 30");
    resources.awaitReady("orders-api");
    resources
        .resource("orders-api")
        .edit(
            resource -> {
              resource.getMetadata().setAnnotations(Map.of(LAST_APPLIED, "{}"));
              return resource;
            });

    // When: the operator writes a status, from a cache that has neither
    resources.apply("orders-api", "functionName: orders-api\ntimeout: 31");
    resources.awaitReady("orders-api");

    // Then
    ObjectMeta stored = resources.get("orders-api").getMetadata();
    assertThat(stored.getUid()).isEqualTo(applied.getMetadata().getUid());
    assertThat(stored.getAnnotations()).containsEntry(LAST_APPLIED, "{}");
    assertThat(stored.getManagedFields())
        .extracting("manager")
        .contains("git", "lambda-config-operator");
  }

  private static boolean isAnnotated(ObjectMeta metadata) {
    return metadata.getAnnotations() != null && metadata.getAnnotations().containsKey(REQUESTED);
  }

  private static ObjectMeta cached(SharedIndexInformer<LambdaFunctionConfig> informer) {
    return informer.getStore().list().getFirst().getMetadata();
  }
}
