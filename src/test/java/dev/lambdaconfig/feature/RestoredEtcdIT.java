package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server whose etcd is restored from a backup: watches that go on from the versions of a
 * future that it does not have would see nothing.
 */
final class RestoredEtcdIT {

  /** Versions that the restored API server does not reach by itself within the test. */
  private static final int LATER_WRITES = 400;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withSeparateApiServer().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void theOperatorEndsAndTheNextOneGoesOnFromTheBackup() throws Exception {
    // Given
    for (String name : List.of("restored", "edited", "settling", "deleted", "created")) {
      operator.aws().createFunction(FunctionSeed.zip(name));
    }
    try (OperatorJar first = operator.startJar(folder.resolve("first"), Map.of())) {
      first.awaitRunning();
      for (String name : List.of("restored", "edited", "settling", "deleted")) {
        apply(name, 30);
        resources.awaitReady(name);
      }
      operator.aws().faults().onUpdates().of("settling").times(1).thenHoldUpdate();
      apply("settling", 31);
      resources.awaitReason("settling", "UpdateInProgress");
      operator.server().backUp(folder.resolve("backup"));
      operator.aws().settle("settling");
      resources.awaitReady("settling");
      apply("restored", 40);
      resources.awaitReady("restored");
      resources.resource("deleted").delete();
      resources.awaitGone("deleted");
      apply("created", 33);
      resources.awaitReady("created");
      writeMuchElse();

      // When
      operator.server().restore(folder.resolve("backup"));

      // Then
      assertThat(first.exitCode(Duration.ofMinutes(2))).isEqualTo(1);
      assertThat(first.log()).contains("the resourceVersions of the API server went back");
    }

    // And when: as a kubelet does
    try (OperatorJar next = operator.startJar(folder.resolve("next"), Map.of())) {
      next.awaitRunning();

      // Then: what the backup says holds
      awaitTimeout("restored", 30);
      resources.awaitReady("restored");
      resources.awaitReady("settling");
      resources.awaitReady("deleted");

      // And when: Git is applied again
      apply("edited", 50);
      apply("deleted", 51);
      apply("created", 52);

      // Then
      awaitTimeout("edited", 50);
      awaitTimeout("deleted", 51);
      awaitTimeout("created", 52);
      assertThat(next.isAlive()).isTrue();
    }
  }

  private void apply(String name, int timeout) {
    resources.apply(name, "functionName: " + name + "\ntimeout: " + timeout);
  }

  private void awaitTimeout(String name, int timeout) {
    resources.await(
        name,
        "to have its timeout in AWS",
        resource -> operator.aws().function(name).path("Timeout").asInt() == timeout);
  }

  private void writeMuchElse() {
    for (int i = 0; i < LATER_WRITES; i++) {
      operator
          .server()
          .client()
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace(operator.namespace())
                  .withName("else")
                  .endMetadata()
                  .addToData("count", String.valueOf(i))
                  .build())
          .serverSideApply();
    }
  }
}
