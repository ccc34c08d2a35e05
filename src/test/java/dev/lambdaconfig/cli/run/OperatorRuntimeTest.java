package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;

/** The settings of the framework that its defaults would not give. */
final class OperatorRuntimeTest {

  @Test
  void aFirstListMayTakeLongerThanTheFrameworkWaits() {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      OperatorRuntime runtime =
          new OperatorRuntime(client, new WorkerPool(1), LeaderElection.none());

      assertThat(runtime.operator().getConfigurationService().cacheSyncTimeout())
          .isEqualTo(OperatorRuntime.LONGEST_LIST);
    }
  }
}
