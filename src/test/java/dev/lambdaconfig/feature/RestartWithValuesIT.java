package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A restart while Secrets stay as they are, and one after which they are not any more. */
final class RestartWithValuesIT {

  private static final String SPEC =
      "timeout: 30\n"
          + "environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: %s, key: password}},"
          + " {name: FEATURES, configMapKeyRef: {name: features, key: list, optional: true}}]}";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);
  private final ListedFleet listed = new ListedFleet(operator);

  @Test
  void aRestartWithEverythingInSyncCostsListsOnly() throws Exception {
    // Given: functions with a Secret of all, and each with one of its own
    Fleet fleet = givenInSync();
    operator.stop();
    Map<String, String> versions = fleet.versions();
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then: also after the time for which a restart waits for the first sweep
    listed.awaitPages(2 * 18);
    assertThat(listed.callsButLists()).isEmpty();
    assertThat(fleet.versions()).isEqualTo(versions);
  }

  @Test
  void whatWasRotatedMeanwhileIsUpdatedAndNoOtherFunctionIsRead() throws Exception {
    // Given
    Fleet fleet = givenInSync();
    operator.stop();
    operator.aws().requests().clear();
    objects.rotate("own-7", "password", "second");

    // When
    operator.start();

    // Then
    resources.await(
        "f-007", "to have a second update", resource -> resources.history("f-007").size() == 2);
    resources.awaitReady("f-007");
    assertThat(resources.history("f-007").getFirst().cause()).isEqualTo("ValueChanged");
    listed.awaitPages(2 * 18);
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .isNotEmpty()
        .containsOnly("f-007");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-007", 1L));
  }

  @Test
  void anIgnoredDriftOfALiteralVariableIsLeftWhereTheSecretOfAnotherWasRewritten()
      throws Exception {
    // Given
    objects.secret("db", Map.of("password", "first"));
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply(
        "orders",
        "functionName: orders\nenvironment: {variables: {LOG_LEVEL: info}, valuesFrom: [{name:"
            + " PASSWORD, secretKeyRef: {name: db, key: password}}]}");
    resources.awaitReady("orders");
    resources.annotate(
        "orders", "lambdaconfig.dev/ignore-drift", "environment.variables.LOG_LEVEL");
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            "{\"Environment\": {\"Variables\": {\"LOG_LEVEL\": \"debug\", \"PASSWORD\":"
                + " \"first\"}}}");
    resources.await(
        "orders",
        "to report the ignored drift",
        resource -> resources.condition("orders", "Drifted").reason().equals("DriftIgnored"));
    operator.stop();
    operator.aws().requests().clear();

    // When: metadata alone, and later a value
    objects.touch("db", "meanwhile");
    operator.start();
    operator.awaitReads(1, List.of("orders"));
    objects.rotate("db", "password", "second");

    // Then
    resources.await(
        "orders", "to have a second update", resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updates())
        .singleElement()
        .extracting(update -> update.member("Environment").path("Variables").toString())
        .isEqualTo("{\"LOG_LEVEL\":\"debug\",\"PASSWORD\":\"second\"}");
  }

  private Fleet givenInSync() throws Exception {
    objects.secret("shared", Map.of("password", "first"));
    for (int i = 0; i < 10; i++) {
      objects.secret("own-" + i, Map.of("password", "first"));
    }
    Fleet fleet = listed.inSync(20);
    fleet.apply(
        name -> {
          int number = Integer.parseInt(name.substring(2));
          return SPEC.formatted(number < 10 ? "own-" + number : "shared");
        });
    fleet.awaitReady();
    listed.awaitRest();
    return fleet;
  }
}
