package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drift is detected by listing the functions, 50 a call, and only changed functions are read. */
final class SweepIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  private final ListedFleet listed = new ListedFleet(operator);

  @Test
  void ofManyFunctionsOnlyTheOneThatDriftedIsReadAndWritten() throws Exception {
    // Given
    Fleet fleet = listed.inSync(55);
    FaultRule firstPages = listed.pagesWhere(false);
    FaultRule secondPages = listed.pagesWhere(true);
    operator.aws().requests().clear();

    // When
    operator.aws().changeBehindTheBack("f-053", "{\"Timeout\": 5}");

    // Then
    listed.awaitTimeout("f-053", 30);
    resources.awaitReady("f-053");
    listed.awaitPages(4);
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .isNotEmpty()
        .containsOnly("f-053");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-053", 1L));
    assertThat(resources.history("f-053").getFirst().cause()).isEqualTo("DriftCorrected");
    assertThat(secondPages.hits()).isPositive();
    assertThat(firstPages.hits() - secondPages.hits()).isBetween(0, 1);
  }

  @Test
  void aRestartWithEverythingInSyncCostsListsOnly() throws Exception {
    // Given
    Fleet fleet = listed.inSync(55);
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
  void aFirstRoundThatTakesLongerThanExpectedIsWaitedFor() throws Exception {
    // Given: a second page that comes after each resource would have been read
    listed.inSync(55);
    operator.stop();
    operator.aws().requests().clear();
    FaultRule late =
        operator
            .aws()
            .faults()
            .on(ListedFleet.LIST)
            .when(call -> call.query().containsKey("Marker"))
            .times(1)
            .thenDelay(Duration.ofSeconds(18));

    // When
    operator.start();

    // Then
    listed.awaitPages(2 * 18);
    assertThat(late.hits()).isOne();
    assertThat(listed.callsButLists()).isEmpty();
  }

  @Test
  void whatDriftedWhileTheOperatorWasAwayIsPutRightAfterItsReturn() throws Exception {
    // Given
    Fleet fleet = listed.inSync(55);
    operator.stop();
    operator.aws().changeBehindTheBack("f-007", "{\"Timeout\": 5}");
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then
    listed.awaitTimeout("f-007", 30);
    resources.awaitReady("f-007");
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .isNotEmpty()
        .containsOnly("f-007");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-007", 1L));
    assertThat(resources.history("f-007").getFirst().cause()).isEqualTo("DriftCorrected");
  }

  @Test
  void aFunctionThatAppearsIsFoundByListing() throws Exception {
    // Given: others, so that it pays to list
    listed.inSync(3);
    resources.apply("late", "functionName: late\ntimeout: 30");
    resources.awaitStalled("late", "FunctionNotFound");
    listed.awaitPages(3);
    operator.aws().requests().clear();
    listed.awaitPages(3);
    assertThat(listed.callsButLists()).as("calls for a function that no list shows").isEmpty();

    // When
    operator.aws().createFunction(FunctionSeed.zip("late"));

    // Then
    resources.awaitReady("late");
    assertThat(operator.aws().function("late").get("Timeout").asInt()).isEqualTo(30);
    assertThat(listed.callsButLists()).extracting(LoggedRequest::functionName).containsOnly("late");
  }

  @Test
  void aFunctionThatIsDeletedIsReportedAsNotFound() throws Exception {
    // Given
    Fleet fleet = listed.inSync(4);
    operator.aws().requests().clear();

    // When
    operator.aws().deleteFunction("f-002");

    // Then
    resources.awaitStalled("f-002", "FunctionNotFound");
    assertThat(resources.condition("f-002", Conditions.READY)).isFalse();
    listed.awaitPages(4);
    assertThat(operator.aws().requests().readsOf("f-002")).hasSize(1);
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .containsOnly("f-002");
    assertThat(fleet.readyReasons()).containsEntry("InSync", 3L);
  }

  @Test
  void aRevisionThatMovesWithoutAChangeCostsOneRead() throws Exception {
    // Given
    Fleet fleet = listed.inSync(12);
    List<String> touched = fleet.part(0, 5).names();
    operator.aws().requests().clear();

    // When
    touched.forEach(operator.aws()::touch);

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(
            () ->
                touched.stream()
                    .noneMatch(name -> operator.aws().requests().readsOf(name).isEmpty()));
    listed.awaitPages(3);
    assertThat(listed.callsButLists())
        .allMatch(LoggedRequest::isRead)
        .extracting(LoggedRequest::functionName)
        .containsExactlyInAnyOrderElementsOf(touched);
    fleet.awaitReady();
    for (String name : touched) {
      assertThat(resources.status(name).revisionId)
          .isEqualTo(operator.aws().function(name).get("RevisionId").asText());
    }
  }

  @Test
  void fewFunctionsOfALargeAccountAreReadByThemselves() throws Exception {
    // Given: two of them are managed, and the list has five pages
    Fleet account = Fleet.of(operator, 210, seed -> seed.with("Timeout", 30));
    Fleet managed = account.part(0, 2);
    managed.apply("timeout: 30");
    managed.awaitReady();
    operator.awaitReads(3, managed.names());

    // When: the operator restarts, and the first pages of the list show no change
    operator.stop();
    operator.aws().requests().clear();
    operator.start();
    listed.awaitPages(2);

    // Then: drift is detected without a list
    operator.aws().changeBehindTheBack("f-000", "{\"Timeout\": 5}");
    listed.awaitTimeout("f-000", 30);
    assertThat(managed.applied()).isEqualTo(Map.of("f-000", 1L));
    assertThat(operator.aws().requests().count(ListedFleet.LIST)).isLessThanOrEqualTo(3);
  }
}
