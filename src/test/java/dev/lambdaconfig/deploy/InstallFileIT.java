package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.GenerateInstallFile;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty cluster takes the one-file installation as it is, and the operator works with it. */
final class InstallFileIT {

  private static final String NAMESPACE = "lambda-config-system";

  @TempDir private Path folder = Path.of("");

  @Test
  void anEmptyClusterTakesItAndTheOperatorKeepsAFunction() throws Exception {
    Manifests objects =
        Manifests.parse(
            GenerateInstallFile.text(Path.of(""), "registry.example.com/operator:0.1.0"));
    try (ApiServer server = ApiServer.separate();
        LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      aws.createFunction(FunctionSeed.zip("orders").with("Timeout", 3));

      // When
      objects.generic().forEach(object -> apply(server, object));
      objects.generic().forEach(object -> apply(server, object));

      // Then
      try (OperatorJar operator =
          OperatorJar.start(
              folder.resolve("one"),
              server.kubeconfigFor(NAMESPACE, objects.podSpec().getServiceAccountName()),
              aws.endpoint(),
              objects.environment())) {
        operator.awaitRunning();
        GenericKubernetesResource orders =
            Manifests.parse(
                    "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata:"
                        + " {name: orders, namespace: default}, spec: {functionName: orders,"
                        + " timeout: 30}}")
                .generic()
                .getFirst();
        apply(server, orders);
        operator
            .await("Ready")
            .until(
                () ->
                    String.valueOf(
                            server
                                .client()
                                .resource(orders)
                                .get()
                                .<Object>get("status", "conditions"))
                        .contains("reason=InSync"));
        assertThat(aws.function("orders").path("Timeout").asInt()).isEqualTo(30);
      }
    }
  }

  /** As {@code kubectl apply --server-side} does, and again while the API is not served yet. */
  private static void apply(ApiServer server, GenericKubernetesResource object) {
    Awaitility.await(object.getKind())
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                server
                        .client()
                        .resource(object)
                        .patch(
                            new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("kubectl")
                                .withFieldValidation("Strict")
                                .build())
                    != null);
  }
}
