package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A namespace whose many Secrets are slow to read, and the other namespaces meanwhile. */
final class SlowSecretsIT {

  /** More than there are workers. */
  private static final int RESOURCES = 120;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ValueObjects objects = new ValueObjects(operator);
  private HeldReads reads;
  private ResourceClient slow;

  @BeforeEach
  void start() throws Exception {
    String namespace = operator.server().freshNamespace("slow");
    reads = new HeldReads(namespace);
    slow = operator.resourcesIn(namespace);
    operator.start(
        setup ->
            setup
                .withOptions(
                    new RunOptions(Duration.ofSeconds(1), 0, Set.of(), false)
                        .withSelector(Tenant.SELECTOR + "=" + operator.namespace())
                        .withAwsMaxRequestsPerSecond(1000))
                .withInterceptor(reads));
    operator.aws().createFunction(FunctionSeed.zip("slow"));
    IntStream.range(0, RESOURCES)
        .parallel()
        .forEach(
            i ->
                slow.apply(
                    "slow-" + i,
                    labels(),
                    "functionName: slow\nenvironment: {valuesFrom: [{name: PASSWORD,"
                        + " secretKeyRef: {name: s-"
                        + i
                        + ", key: p}}]}"));
    Awaitility.await("reads that are held")
        .atMost(ResourceClient.PATIENCE)
        .until(() -> reads.held() >= 2);
  }

  @AfterEach
  void release() {
    reads.close();
  }

  @Test
  void otherNamespacesAreServedMeanwhileAndItsOwnResourcesInTheEnd() {
    // When: one without values, and one with values
    HealthyTenant healthy = HealthyTenant.create(operator);
    healthy.changeAndAwaitReady();
    objects.secret("db", Map.of("password", "first"));
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .resources()
        .apply(
            "orders",
            labels(),
            "functionName: orders\nenvironment: {valuesFrom: [{name: PASSWORD, secretKeyRef:"
                + " {name: db, key: password}}]}");
    operator.resources().awaitReady("orders");

    // Then
    objects.rotate("db", "password", "second");
    Awaitility.await("the rotated value")
        .atMost(ResourceClient.PATIENCE)
        .until(
            () ->
                operator
                    .aws()
                    .function("orders")
                    .at("/Environment/Variables/PASSWORD")
                    .asText()
                    .equals("second"));
    assertThat(reads.held()).as("reads of the slow namespace").isLessThan(10);

    // And when its Secrets can be read, each resource has its turn
    reads.release();
    Awaitility.await("a verdict on each resource of the slow namespace")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(slow.list())
                    .hasSize(RESOURCES)
                    .allSatisfy(
                        resource -> {
                          var ready = Fleet.condition(resource, Conditions.READY);
                          assertThat(ready == null ? "none" : ready.reason())
                              .isEqualTo("ValueNotFound");
                        }));
  }

  private Map<String, String> labels() {
    return Map.of(Tenant.SELECTOR, operator.namespace());
  }
}
