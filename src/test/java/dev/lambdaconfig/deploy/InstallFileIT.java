package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.GenerateInstallFile;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty cluster takes the one-file installation as it is, and the operator works with it. */
final class InstallFileIT {

  private static final String NAMESPACE = "lambda-config-system";
  private static final String CRD = "lambdafunctionconfigs.lambdaconfig.dev";

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

  /** As after {@code kubectl delete -f} of the file: the CRD waits for its resources. */
  @Test
  void anOperatorThatIsInstalledAgainReleasesWhatItsRemovalLeft() throws Exception {
    Manifests objects =
        Manifests.parse(
            GenerateInstallFile.text(Path.of(""), "registry.example.com/operator:0.1.0")
                + "---\n"
                + Files.readString(Path.of("deploy/restore-rbac.yaml")));
    try (ApiServer server = ApiServer.separate();
        LambdaSimulator aws = LambdaSimulator.start()) {
      // Given
      aws.createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
      objects.generic().forEach(object -> apply(server, object));
      GenericKubernetesResource orders =
          Manifests.parse(
                  "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata:"
                      + " {name: orders, namespace: default}, spec: {functionName: orders,"
                      + " timeout: 30, deletionPolicy: Restore}}")
              .generic()
              .getFirst();
      try (OperatorJar operator = start("removed", server, aws, objects)) {
        operator.awaitRunning();
        apply(server, orders);
        operator
            .await("the update")
            .until(() -> aws.function("orders").path("Timeout").asInt() == 30);
      }
      var definitions = server.client().apiextensions().v1().customResourceDefinitions();
      definitions.withName(CRD).delete();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> isBeingDeleted(server.client().resource(orders).get()));

      // When
      objects.generic().forEach(object -> apply(server, object));
      try (OperatorJar operator = start("again", server, aws, objects)) {

        // Then
        operator.await("the end").until(() -> definitions.withName(CRD).get() == null);
        assertThat(aws.function("orders").path("Timeout").asInt()).isEqualTo(3);
      }
    }
  }

  private static boolean isBeingDeleted(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  private OperatorJar start(
      String name, ApiServer server, LambdaSimulator aws, Manifests installation)
      throws IOException {
    return OperatorJar.start(
        folder.resolve(name),
        server.kubeconfigFor(NAMESPACE, installation.podSpec().getServiceAccountName()),
        aws.endpoint(),
        installation.environment());
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
