package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Secret is rotated while the API server takes no status. */
final class BusyApiServerValuesIT {

  private static final String SPEC =
      "environment: {valuesFrom: [{name: DB_PASSWORD, secretKeyRef: {name: db, key: password}}]}";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);
  private final KnownFunction function = new KnownFunction(operator);
  private final StatusWrites writes = new StatusWrites();

  @AfterEach
  void close() {
    // The operator ends before the server that answers in place of the API server.
    operator.stop();
    writes.close();
  }

  @Test
  void aRotationAfterAVerdictThatCouldNotBeReportedIsNotLost() throws Exception {
    // Given: a verdict about the values of before, which no status has yet
    operator.start(
        setup -> setup.withOptions(operator.options().withDebugPort()).withInterceptor(writes));
    objects.secret("db", Map.of("password", "first"));
    function.know(SPEC);
    writes.refuse(Integer.MAX_VALUE, 503, 0);
    int sent = writes.sent();
    resources.requestReconcile("orders", "now");
    Awaitility.await("a refused status")
        .atMost(ResourceClient.PATIENCE)
        .until(() -> writes.sent() > sent);

    // When
    objects.rotate("db", "password", "second");
    Awaitility.await("the trigger of the rotation")
        .pollDelay(Duration.ofMillis(500))
        .atMost(ResourceClient.PATIENCE)
        .until(() -> Long.valueOf(0).equals(DebugSizes.of(operator).get("ChangeDebounce.pending")));
    writes.refuse(0, 503, 0);

    // Then
    Awaitility.await("the rotated value")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(value()).isEqualTo("second"));
    resources.awaitReady("orders");
    ConditionAssert.assertThat(resources.condition("orders", Conditions.READY)).isTrue();
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("ValueChanged");
  }

  private String value() {
    return operator.aws().function("orders").at("/Environment/Variables/DB_PASSWORD").asText();
  }
}
