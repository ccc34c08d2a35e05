package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A namespace without rights stops the operator for nobody else, and is watched once it has them.
 */
final class LeftOutNamespaceIT {

  private static final Duration START = Duration.ofSeconds(90);

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void itIsLeftOutUntilTheRightsCome() throws Exception {
    // Given
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    String other = operator.server().freshNamespace("left-out");
    ResourceClient others = operator.resourcesIn(other);
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    others.apply("mail", "functionName: mail\ntimeout: 31");

    try (OperatorJar jar =
        start(rights, Map.of("LAMBDA_CONFIG_LEADER_ELECT", "true"), operator.namespace(), other)) {
      // When
      jar.awaitRunning();

      // Then
      resources.awaitReady("orders");
      assertThat(jar.get("/readyz")).startsWith("200");
      assertThat(missing(jar)).isEqualTo(1);
      assertThat(jar.log())
          .containsOnlyOnce("is left out")
          .contains("namespace " + other + " is left out", "list lambdafunctionconfigs");

      // When
      rights.grantForResourcesIn(other, "rbac.yaml");

      // Then
      awaitAll(jar);
      others.awaitReady("mail");
      resources.apply("orders", "functionName: orders\ntimeout: 32");
      jar.await("a later update")
          .until(() -> operator.aws().function("orders").get("Timeout").asInt() == 32);
      others.apply("mail", "functionName: mail\ntimeout: 33");
      jar.await("a later update of the namespace")
          .until(() -> operator.aws().function("mail").get("Timeout").asInt() == 33);
      assertThat(jar.get("/readyz")).startsWith("200");
    }
  }

  @Test
  void itTakesItsPartInTheOwnershipOfFunctions() throws Exception {
    // Given an older resource in the namespace that is left out, which will have nothing to update
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    String other = operator.server().freshNamespace("left-out");
    ResourceClient others = operator.resourcesIn(other);
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    others.apply("older", "functionName: orders\ntimeout: 30");
    resources.awaitNextSecond();
    try (OperatorJar jar = start(rights, Map.of(), operator.namespace(), other)) {
      jar.awaitRunning();
      resources.apply("younger", "functionName: orders\ntimeout: 30");
      resources.awaitReady("younger");

      // When
      rights.grantForResourcesIn(other, "rbac.yaml");

      // Then
      awaitAll(jar);
      others.awaitReady("older");
      resources.awaitStalled("younger", "Conflict");
    }
  }

  @Test
  void oneThatDoesNotExistIsWatchedOnceItIsThere() throws Exception {
    // Given
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    String later = operator.namespace() + "-later";
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    try (OperatorJar jar = start(rights, Map.of(), operator.namespace(), later)) {
      jar.awaitRunning();
      assertThat(jar.log()).contains("namespace " + later + " is left out");

      // When
      operator
          .server()
          .client()
          .resource(new NamespaceBuilder().withNewMetadata().withName(later).endMetadata().build())
          .create();
      ResourceClient laters = operator.resourcesIn(later);
      laters.apply("mail", "functionName: mail\ntimeout: 31");
      rights.grantForResourcesIn(later, "rbac.yaml");

      // Then
      awaitAll(jar);
      laters.awaitReady("mail");
    }
  }

  @Test
  void withoutRightsInAnyNamespaceItDoesNotStart() throws Exception {
    Rights rights = new Rights(operator, "operator");
    String other = operator.server().freshNamespace("left-out");

    try (OperatorJar jar = start(rights, Map.of(), operator.namespace(), other)) {
      assertThat(jar.exitCode(START)).isEqualTo(1);
      assertThat(jar.log())
          .containsOnlyOnce("cannot start")
          .contains(
              "RBAC does not allow the operator to list lambdafunctionconfigs.lambdaconfig.dev in"
                  + " namespace "
                  + operator.namespace(),
              "in namespace " + other)
          .doesNotContain("left out");
    }
  }

  @Test
  void withoutTheRightsToItsLeaseItDoesNotStart() throws Exception {
    Rights rights = new Rights(operator, "operator");
    rights.grantForResources("rbac.yaml");
    String other = operator.server().freshNamespace("left-out");

    try (OperatorJar jar =
        start(rights, Map.of("LAMBDA_CONFIG_LEADER_ELECT", "true"), operator.namespace(), other)) {
      assertThat(jar.exitCode(START)).isEqualTo(1);
      assertThat(jar.log())
          .contains("leases.coordination.k8s.io", "in namespace " + other)
          .doesNotContain("left out");
    }
  }

  private OperatorJar start(Rights rights, Map<String, String> settings, String... namespaces)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("LAMBDA_CONFIG_NAMESPACES", String.join(",", namespaces));
    all.put("LAMBDA_CONFIG_OPERATOR_NAMESPACE", operator.operatorNamespace());
    // No sweep triggers what the arrival of a namespace should trigger.
    all.put("LAMBDA_CONFIG_SWEEP_INTERVAL", "1h");
    return OperatorJar.start(
        folder.resolve("operator"), rights.kubeconfig(), operator.aws().endpoint(), all);
  }

  /** An attempt follows within a minute, which is all the time that a resource is waited for. */
  private static void awaitAll(OperatorJar jar) {
    jar.await("all namespaces").until(() -> missing(jar) == 0);
  }

  private static double missing(OperatorJar jar) throws IOException, InterruptedException {
    return Scrape.of(jar.get("/metrics").replaceFirst("^\\d+ ", ""))
        .sum("lambdaconfig_watches_missing", Map.of());
  }
}
