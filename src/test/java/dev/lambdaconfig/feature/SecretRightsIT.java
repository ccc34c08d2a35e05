package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.OptionVerdict;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator with the rights of deploy/ takes values from Secrets as far as they are granted. */
final class SecretRightsIT {

  private static final String SPEC =
      """
      functionName: orders
      environment:
        valuesFrom:
          - {name: PASSWORD, secretKeyRef: {name: db, key: password}}
      """;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @Test
  void aNamespaceIsReadAndWatchedByItsRole() throws Exception {
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    rights.grantForResources("values-rbac.yaml");

    start(rights, WatchScope.NAMESPACE);

    assertRotation();
  }

  @Test
  void aNameIsReadAndWatchedByItsRole() throws Exception {
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    rights.grantWhereResourcesAre("values-name-rbac.yaml");

    start(rights, WatchScope.NAME);

    assertRotation();
  }

  @Test
  void withoutTheRightItIsStalledAndTheMessageSaysWhatToGrant() throws Exception {
    // Given
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    start(rights, WatchScope.NAMESPACE);
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    objects.secret("db", Map.of("password", "first"));

    // When
    resources.apply("orders", SPEC);
    resources.apply("mail", "functionName: mail\ntimeout: 30");
    operator.aws().createFunction(FunctionSeed.zip("mail").with("Timeout", 3));

    // Then
    resources.awaitStalled("orders", "ValueForbidden");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains(
            "get secrets with the name db in namespace " + operator.namespace(),
            "deploy/values-rbac.yaml");
    Events.await(operator, "ValuesNotWatched");
    assertThat(Events.with(operator, "ValuesNotWatched"))
        .extracting(Event::getMessage)
        .singleElement()
        .asString()
        .contains("secrets in namespace " + operator.namespace());
    resources.awaitReady("mail");
    assertThat(missingWatches()).isEqualTo(1);

    // When
    rights.grantForResources("values-rbac.yaml");
    resources.requestReconcile("orders", "now");

    // Then
    resources.awaitReady("orders");
    assertThat(value()).isEqualTo("first");
    Awaitility.await("the watch")
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> missingWatches() == 0);
  }

  private double missingWatches() throws Exception {
    return operator.scrape().sum("lambdaconfig_value_watches_missing", Map.of());
  }

  private void start(Rights rights, WatchScope scope) throws Exception {
    operator.start(setup -> setup.withKubeconfig(rights.kubeconfig()).withOptions(options(scope)));
  }

  private void assertRotation() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    objects.secret("db", Map.of("password", "first"));
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");

    // When
    objects.rotate("db", "password", "second");

    // Then
    Awaitility.await()
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> value().equals("second"));
    resources.awaitReady("orders");
    assertThat(Events.with(operator, "ValuesNotWatched")).isEmpty();
  }

  private String value() {
    return operator.aws().function("orders").at("/Environment/Variables/PASSWORD").asText();
  }

  private RunOptions options(WatchScope scope) {
    return OptionVerdict.parse(
        Map.of(
            "LAMBDA_CONFIG_VALUE_WATCH",
            scope.toString(),
            "LAMBDA_CONFIG_NAMESPACES",
            operator.namespace(),
            "LAMBDA_CONFIG_SWEEP_INTERVAL",
            "1h",
            "LAMBDA_CONFIG_MANAGEMENT_PORT",
            "0"));
  }
}
