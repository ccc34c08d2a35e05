package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that {@code export} writes are in sync with their functions by construction. */
final class ExportedEstateIT {

  private static final int FUNCTIONS = 500;
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("git")
          .withForce(true)
          .build();

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.VALUES).startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir private Path folder;

  @Test
  void anEstateThatIsAdoptedIsNotChanged() throws Exception {
    // Given
    long seed = Long.getLong("seed", 1);
    RandomEstate estate = new RandomEstate(seed);
    for (int i = 0; i < FUNCTIONS; i++) {
      operator.aws().createFunction(estate.next(i));
    }
    ExportRunner.Result export =
        ExportRunner.of(operator.aws().endpoint())
            .run(
                "--output=" + folder,
                "--namespace=" + operator.namespace(),
                "--env-secrets",
                "--kustomization",
                "--aws-max-requests-per-second=1000");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.err()).contains("Done: " + FUNCTIONS + " manifests written");

    // When
    applyAll();
    operator.start(operator.options().withAwsMaxRequestsPerSecond(1000));

    // Then
    Awaitility.await("all %d resources of seed %d to be Ready".formatted(FUNCTIONS, seed))
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(notReady()).isEmpty());
    assertThat(operator.aws().requests().updates()).as("updates with seed %d", seed).isEmpty();
  }

  /** Applies the Secrets first, as kustomize does. */
  private void applyAll() throws IOException {
    for (Path directory : List.of(folder.resolve("secrets"), folder)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (!file.getFileName().toString().equals("kustomization.yaml")) {
            operator
                .server()
                .client()
                .resource(Files.readString(file))
                .inNamespace(operator.namespace())
                .patch(APPLY);
          }
        }
      }
    }
  }

  private List<String> notReady() {
    return resources.list().stream()
        .filter(
            resource -> {
              var status = resource.getStatus();
              var ready =
                  status == null ? null : Conditions.find(status.conditions, Conditions.READY);
              return ready == null || !ready.status().equals("True");
            })
        .map(
            resource ->
                resource.getMetadata().getName()
                    + ": "
                    + (resource.getStatus() == null
                        ? "no status"
                        : resource.getStatus().conditions))
        .limit(5)
        .toList();
  }
}
