package dev.lambdaconfig.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.ChildProcess;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image's operator beside a real API server, from a read-only root, as the image's user.
 *
 * <p>No time is asserted, which would be that of the machine: docs/image.md names the benchmarks of
 * the start.
 */
final class RunningImageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private static final String RESOURCE =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      metadata:
        name: orders
      spec:
        functionName: orders
        timeout: 30
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void theOperatorUpdatesAFunctionAndStops() throws Exception {
    // Given
    Container container =
        Container.of(UnpackedImage.unpack(folder.resolve("root")), folder.resolve("tmp"));
    ApiServer server = ApiServer.shared();
    server.applyCrd(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml"));
    String namespace = server.freshNamespace("image");
    try (LambdaSimulator aws = LambdaSimulator.start();
        ChartRights rights = new ChartRights(server, namespace, Set.of())) {
      aws.createFunction(FunctionSeed.zip("orders"));
      server
          .client()
          .resource(Serialization.unmarshal(RESOURCE, GenericKubernetesResource.class))
          .inNamespace(namespace)
          .serverSideApply();
      // For a user who owns nothing here.
      Path kubeconfig = container.tmp().resolve("kubeconfig");
      Files.copy(rights.kubeconfig(Set.of(namespace)), kubeconfig);
      Files.setPosixFilePermissions(kubeconfig, PosixFilePermissions.fromString("rw-r--r--"));

      // When
      try (ChildProcess operator =
          container.startOperator(
              Map.of(
                  "KUBECONFIG", container.inTmp("kubeconfig"),
                  "AWS_REGION", "eu-west-1",
                  "AWS_ENDPOINT_URL", aws.endpoint().toString(),
                  "AWS_ACCESS_KEY_ID", "AKIDTEST",
                  "AWS_SECRET_ACCESS_KEY", "secret",
                  "HOSTNAME", "image",
                  "LAMBDA_CONFIG_MANAGEMENT_PORT", "0",
                  "LAMBDA_CONFIG_NAMESPACES", namespace,
                  "LAMBDA_CONFIG_OPERATOR_NAMESPACE", namespace,
                  "LAMBDA_CONFIG_LEADER_ELECT", "true"))) {
        Awaitility.await("the function's update")
            .atMost(PATIENCE)
            .failFast(
                () -> {
                  if (!operator.isAlive()) {
                    throw new AssertionError("the operator ended:\n" + operator.tail());
                  }
                })
            .until(() -> aws.function("orders").path("Timeout").asInt() == 30);
        String status =
            Files.readString(Path.of("/proc/%d/status".formatted(operator.handle().pid())));

        // Then
        if (container.isConfined()) {
          assertThat(status).containsPattern("(?m)^Uid:\\s+65532\\s");
          assertThat(operator.log()).noneMatch(line -> line.contains("Read-only file system"));
        }
        assertThat(residentBytes(status)).isBetween(1L, memoryLimit());
        operator.terminate();
        assertThat(operator.exitsWithin(PATIENCE)).isTrue();
        assertThat(operator.log()).anyMatch(line -> line.contains("\"stopping\""));
      }
    }
  }

  private static long residentBytes(String status) {
    Matcher resident = RESIDENT.matcher(status);
    assertThat(resident.find()).as(status).isTrue();
    return Long.parseLong(resident.group(1)) * 1024;
  }

  /** The memory at which a node would kill the operator's Pod. */
  private static long memoryLimit() throws IOException {
    Deployment deployment =
        Serialization.unmarshal(
            Files.readString(Path.of("deploy/base/operator/deployment.yaml")), Deployment.class);
    Quantity limit =
        requireNonNull(
            deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("memory"));
    return limit.getNumericalAmount().longValueExact();
  }
}
