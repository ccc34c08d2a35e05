package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An endpoint without RevisionId: only the update history knows the outcome of an update. */
final class NoRevisionIdIT {

  private static final int SLOW = 3;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void updatesThatWaitForTheirTurnAreEachSentOnce() throws Exception {
    // Given
    Fleet fleet = givenFleetOfASlowAccount();

    // When
    fleet.apply("timeout: 30");

    // Then
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void aHundredThatWaitForTheirTurnAreEachSentOnce() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true);
    Fleet fleet = Fleet.of(operator, 100, seed -> seed);
    operator.start(unguarded(5));

    // When
    fleet.apply("timeout: 30");

    // Then
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void aRestartWhileTheyWaitLosesNoneAndRepeatsNone() throws Exception {
    // Given
    Fleet fleet = givenFleetOfASlowAccount();
    fleet.apply("timeout: 30");
    Awaitility.await("some are sent, and others wait")
        .atMost(Fleet.PATIENCE)
        .until(() -> fleet.updates().size() >= 5);

    // When
    operator.stop();
    int before = fleet.updates().size();
    operator.start(unguarded(SLOW));

    // Then
    assertThat(before).isLessThan(25);
    fleet.awaitReady();
    assertEachUpdatedOnce(fleet);
  }

  @Test
  void whatWaitsIsReportedAsNotReadyAndNotAsSent() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    Fleet fleet = Fleet.of(operator, 25, seed -> seed.with("Timeout", 30));
    operator.start(unguarded(SLOW));
    fleet.apply("timeout: 30");
    fleet.awaitReady();

    // When
    fleet.each(name -> operator.aws().changeBehindTheBack(name, "{\"Timeout\": 5}"));

    // Then: a waiting update counts as not sent
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
      assertThat(resources.history(name))
          .as(name)
          .extracting(UpdateRecord::cause, UpdateRecord::outcome)
          .containsExactly(tuple("DriftCorrected", "Succeeded"));
    }
    assertThat(fleet.applied()).hasSize(25).allSatisfy((name, times) -> assertThat(times).isOne());
  }

  @Test
  void whatTheEndpointDoesNotKeepIsSentOnceMoreWhenTheFunctionHasChanged() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    var drops =
        operator.aws().faults().onUpdates().of("orders").times(2).thenDropMembers("TracingConfig");
    givenTracingThatIsNotKept();
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(drops.hits()).isEqualTo(2);

    // When
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(3);
  }

  @Test
  void whatIsSetByHandEndsWhatTheEndpointDidNotKeep() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");
    givenTracingThatIsNotKept();

    // When
    operator.aws().changeBehindTheBack("orders", "{\"TracingConfig\": {\"Mode\": \"Active\"}}");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void whatWasRefusedIsSentAgainWhenTheFunctionHasChanged() throws Exception {
    // Given
    operator.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "not with this memory");
    operator.start(unguarded(50));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("orders", "InvalidParameterValueException");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);

    // When
    operator.aws().changeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  private void assertEachUpdatedOnce(Fleet fleet) {
    assertThat(fleet.applied())
        .hasSize(fleet.names().size())
        .allSatisfy((name, times) -> assertThat(times).isOne());
    for (String name : fleet.names()) {
      assertThat(operator.aws().function(name).get("Timeout").asInt()).as(name).isEqualTo(30);
      assertThat(resources.history(name))
          .as(name)
          .extracting(UpdateRecord::outcome)
          .containsExactly("Succeeded");
    }
  }

  private RunOptions unguarded(double perSecond) {
    return new RunOptions(Duration.ofSeconds(1), 0, Set.of(operator.namespace()), true)
        .withAwsMaxRequestsPerSecond(perSecond);
  }

  /** 25 functions, and an operator whose updates of them wait for their turn. */
  private Fleet givenFleetOfASlowAccount() throws Exception {
    operator.aws().dialect().omitsRevisionId(true).settlesAtOnce(true);
    Fleet fleet = Fleet.of(operator, 25, seed -> seed);
    operator.start(unguarded(SLOW));
    return fleet;
  }

  /** A setting that the endpoint accepts and does not keep. */
  private void givenTracingThatIsNotKept() throws Exception {
    operator.start(unguarded(50));
    resources.apply("orders", "functionName: orders\ntracingConfig: {mode: Active}");
    resources.awaitStalled("orders", "NotApplied");
  }
}
