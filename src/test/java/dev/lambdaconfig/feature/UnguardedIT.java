package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endpoints without RevisionId, where nothing but the history tells what became of an update. */
final class UnguardedIT {

  private static final int SLOW = 3;

  @RegisterExtension final Stage stage = Stage.withoutOperator();

  @Test
  void updatesThatWaitForTheirTurnAreEachSentOnce() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    Fleet fleet = Fleet.of(stage, 25, seed -> seed);
    stage.startOperator(unguarded(SLOW));

    // When
    fleet.apply("timeout: 30");

    // Then
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void aHundredThatWaitForTheirTurnAreEachSentOnce() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true);
    Fleet fleet = Fleet.of(stage, 100, seed -> seed);
    stage.startOperator(unguarded(5));

    // When
    fleet.apply("timeout: 30");

    // Then
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void aRestartWhileTheyWaitLosesNoneAndRepeatsNone() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    Fleet fleet = Fleet.of(stage, 25, seed -> seed);
    stage.startOperator(unguarded(SLOW));
    fleet.apply("timeout: 30");
    Awaitility.await("some are sent, and others wait")
        .atMost(Fleet.PATIENCE)
        .until(() -> fleet.updates().size() >= 5);

    // When
    stage.stopOperator();
    int before = fleet.updates().size();
    stage.startOperator(unguarded(SLOW));

    // Then
    assertThat(before).isLessThan(25);
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void whatWaitsIsToldAsNotReadyAndNotAsSent() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    Fleet fleet = Fleet.of(stage, 25, seed -> seed.with("Timeout", 30));
    stage.startOperator(unguarded(SLOW));
    fleet.apply("timeout: 30");
    fleet.awaitReady();

    // When
    fleet.each(name -> stage.aws().changeBehindTheBack(name, "{\"Timeout\": 5}"));

    // Then: as one that waits says, it was not sent
    Awaitility.await("a resource that waits for its turn")
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                fleet.resources().stream()
                    .anyMatch(
                        resource -> {
                          var ready = Fleet.condition(resource, "Ready");
                          return ready != null
                              && ready.reason().equals("Updating")
                              && resource.getStatus() != null
                              && resource.getStatus().history == null;
                        }));
    fleet.await(
        "to be put back",
        resource ->
            Fleet.isReady(resource)
                && resource.getStatus() != null
                && resource.getStatus().history != null);
    for (String name : fleet.names()) {
      assertThat(stage.history(name))
          .as(name)
          .extracting(UpdateRecord::cause, UpdateRecord::outcome)
          .containsExactly(tuple("DriftCorrected", "Succeeded"));
    }
    assertThat(fleet.applied()).hasSize(25).allSatisfy((name, times) -> assertThat(times).isOne());
  }

  @Test
  void whatTheEndpointDoesNotKeepIsSentOnceMoreWhenTheFunctionHasChanged() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    var drops =
        stage.aws().faults().onUpdates().of("orders").times(2).thenDropMembers("TracingConfig");
    stage.startOperator(unguarded(50));
    stage.apply("orders", "functionName: orders\ntracingConfig: {mode: Active}");
    stage.awaitStalled("orders", "NotApplied");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(drops.hits()).isEqualTo(2);

    // When
    stage.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(3);
  }

  @Test
  void whatIsSetByHandEndsWhatTheEndpointDidNotKeep() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");
    stage.startOperator(unguarded(50));
    stage.apply("orders", "functionName: orders\ntracingConfig: {mode: Active}");
    stage.awaitStalled("orders", "NotApplied");

    // When
    stage.aws().changeBehindTheBack("orders", "{\"TracingConfig\": {\"Mode\": \"Active\"}}");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void whatWasRefusedIsSentAgainWhenTheFunctionHasChanged() throws Exception {
    // Given
    stage.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "not with this memory");
    stage.startOperator(unguarded(50));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitStalled("orders", "InvalidParameterValueException");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);

    // When
    stage.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(2);
  }

  private void assertEachUpdatedOnce(Fleet fleet) {
    assertThat(fleet.applied())
        .hasSize(fleet.names().size())
        .allSatisfy((name, times) -> assertThat(times).isOne());
    for (String name : fleet.names()) {
      assertThat(stage.aws().function(name).get("Timeout").asInt()).as(name).isEqualTo(30);
      assertThat(stage.history(name))
          .as(name)
          .extracting(UpdateRecord::outcome)
          .containsExactly("Succeeded");
    }
  }

  private RunOptions unguarded(double perSecond) {
    return new RunOptions(Duration.ofSeconds(1), 0, Set.of(stage.namespace()), true)
        .withAwsMaxRequestsPerSecond(perSecond);
  }
}
