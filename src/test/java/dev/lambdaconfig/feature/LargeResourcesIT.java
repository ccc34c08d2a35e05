package dev.lambdaconfig.feature;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of resources as large as the API server stores them: with its default heap, the operator
 * still works for all others.
 */
final class LargeResourcesIT {

  private static final String ANNOTATIONS =
      "{\"large.example/note\": \"%s\"}".formatted("x".repeat(250_000));

  private static final String ENVIRONMENT =
      "{\"functionName\":\"f\",\"environment\":{\"variables\":{\"AA\":\"%s\"}}}"
          .formatted("x".repeat(1_000_000));

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().startedByTest().withSeparateApiServer();

  @Test
  void hundredsOfThemEndNoStartAndNoWatch(@TempDir Path folder) throws Exception {
    // Given
    operator.server().applyCrd(LaxSchema.write(folder));
    operator.aws().createFunction(FunctionSeed.zip("before"));
    operator.aws().createFunction(FunctionSeed.zip("after"));
    IntStream.range(0, 250)
        .parallel()
        .forEach(
            i ->
                LaxSchema.create(
                    operator,
                    "noted-" + i,
                    ANNOTATIONS,
                    "{\"functionName\":\"f\",\"suspend\":true}",
                    "{}"));
    IntStream.range(0, 90)
        .parallel()
        .forEach(i -> LaxSchema.create(operator, "large-" + i, ENVIRONMENT, "{}"));
    LaxSchema.create(operator, "zz-before", "{\"functionName\":\"before\",\"timeout\":30}", "{}");

    // When: it reads them in a list
    try (OperatorJar jar =
            OperatorJar.startAsShipped(
                folder.resolve("operator"),
                operator.rights().kubeconfig(Set.of(operator.namespace())),
                operator.aws().endpoint(),
                Map.of("LAMBDA_CONFIG_NAMESPACES", operator.namespace()));
        KubernetesClient client = LaxSchema.client(operator)) {

      // Then
      awaitTrue(jar, client, "zz-before", Conditions.READY);
      awaitTrue(jar, client, "large-0", Conditions.STALLED);

      // When: it reads them from a watch
      IntStream.range(90, 120)
          .parallel()
          .forEach(i -> LaxSchema.create(operator, "large-" + i, ENVIRONMENT, "{}"));
      LaxSchema.create(operator, "after", "{\"functionName\":\"after\",\"timeout\":30}", "{}");

      // Then
      awaitTrue(jar, client, "after", Conditions.READY);
      awaitTrue(jar, client, "large-119", Conditions.STALLED);
    }
  }

  private void awaitTrue(OperatorJar jar, KubernetesClient client, String name, String type) {
    jar.await(name + " to be " + type)
        .until(
            () -> {
              var condition = LaxSchema.condition(client, operator, name, type);
              return condition != null && Objects.equals(condition.status(), "True");
            });
  }
}
