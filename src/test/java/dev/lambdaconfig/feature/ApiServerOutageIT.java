package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The API server is unavailable for a while: changes before, during and after are carried out once.
 */
final class ApiServerOutageIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withSeparateApiServer();

  @Test
  void changesAroundARestartOfTheApiServerAreCarriedOutOnce() throws Exception {
    // Given: updates that run, whose end the operator has not seen
    Fleet fleet = Fleet.of(operator, 12, seed -> seed.with("Timeout", 30));
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    Fleet running = fleet.part(0, 3);
    running.names().forEach(name -> operator.aws().faults().onUpdates().of(name).thenHoldUpdate());
    operator.aws().requests().clear();
    running.apply("timeout: 31");
    Awaitility.await("updates that run")
        .atMost(Fleet.PATIENCE)
        .until(() -> running.applied().size() == 3);

    // When: updates end and functions drift while the API server is unavailable
    try (ApiServer.Outage outage = outage()) {
      requireNonNull(outage);
      running.names().forEach(operator.aws()::settle);
      operator.aws().changeBehindTheBack("f-007", "{\"Timeout\": 5}");
      operator.awaitReads(1, List.of("f-007"));
      assertThat(operator.aws().requests().updatesOf("f-007"))
          .as("an update that could not be told ahead")
          .isEmpty();
    }
    Fleet after = fleet.part(3, 6);
    after.apply("timeout: 31");

    // Then
    fleet.awaitReady();
    assertThat(fleet.applied())
        .isEqualTo(
            List.of("f-000", "f-001", "f-002", "f-003", "f-004", "f-005", "f-007").stream()
                .collect(Collectors.toMap(name -> name, name -> 1L)));
    for (Map.Entry<String, Integer> expected :
        Map.of("f-000", 31, "f-005", 31, "f-007", 30, "f-011", 30).entrySet()) {
      assertThat(operator.aws().function(expected.getKey()).get("Timeout").asInt())
          .as(expected.getKey())
          .isEqualTo(expected.getValue());
    }
  }

  private ApiServer.Outage outage() {
    try {
      return operator.server().outage();
    } catch (UnsupportedOperationException e) {
      return Assumptions.abort("nobody takes a cluster down that was given for tests");
    }
  }
}
