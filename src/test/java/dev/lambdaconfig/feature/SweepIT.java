package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drift is noticed by listing the functions, fifty a call, and only what changed is read. */
final class SweepIT {

  private static final String LIST = "ListFunctions";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void ofManyFunctionsOnlyTheOneThatDriftedIsReadAndWritten() throws Exception {
    // Given
    Fleet fleet = fleetInSync(55);
    FaultRule firstPages = pagesWhere(false);
    FaultRule secondPages = pagesWhere(true);
    operator.aws().requests().clear();

    // When
    operator.aws().changeBehindTheBack("f-053", "{\"Timeout\": 5}");

    // Then
    awaitTimeout("f-053", 30);
    resources.awaitReady("f-053");
    awaitPages(4);
    assertThat(callsButLists())
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
    Fleet fleet = fleetInSync(55);
    operator.stop();
    Map<String, String> versions = fleet.versions();
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then: also after the time for which a restart waits for the first round
    awaitPages(2 * 18);
    assertThat(callsButLists()).isEmpty();
    assertThat(fleet.versions()).isEqualTo(versions);
  }

  @Test
  void whatDriftedWhileTheOperatorWasAwayIsPutRightAfterItsReturn() throws Exception {
    // Given
    Fleet fleet = fleetInSync(55);
    operator.stop();
    operator.aws().changeBehindTheBack("f-007", "{\"Timeout\": 5}");
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then
    awaitTimeout("f-007", 30);
    resources.awaitReady("f-007");
    assertThat(callsButLists())
        .extracting(LoggedRequest::functionName)
        .isNotEmpty()
        .containsOnly("f-007");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-007", 1L));
    assertThat(resources.history("f-007").getFirst().cause()).isEqualTo("DriftCorrected");
  }

  @Test
  void withoutTheRightToListEachFunctionIsReadAndThatIsToldOnce() throws Exception {
    // Given
    operator
        .aws()
        .faults()
        .on(LIST)
        .always()
        .thenAnswer(
            403,
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/x is not authorized to perform:"
                + " lambda:ListFunctions");
    Fleet fleet = readFleet(12);
    Events.await(operator, "ListingRefused");
    operator.aws().requests().clear();
    operator.awaitReads(2, fleet.names());

    // When
    operator.aws().changeBehindTheBack("f-004", "{\"Timeout\": 5}");

    // Then
    awaitTimeout("f-004", 30);
    resources.awaitReady("f-004");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-004", 1L));
    assertThat(operator.aws().requests().count(LIST)).isLessThanOrEqualTo(1);
    assertThat(Events.with(operator, "ListingRefused"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getMessage())
                    .contains("eu-west-1", "AccessDeniedException", "grant lambda:ListFunctions"));
  }

  @Test
  void aFunctionThatAppearsIsFoundByListing() throws Exception {
    // Given: others, so that it pays to list
    fleetInSync(3);
    resources.apply("late", "functionName: late\ntimeout: 30");
    resources.awaitStalled("late", "FunctionNotFound");
    awaitPages(3);
    operator.aws().requests().clear();
    awaitPages(3);
    assertThat(callsButLists()).as("calls for a function that no list shows").isEmpty();

    // When
    operator.aws().createFunction(FunctionSeed.zip("late"));

    // Then
    resources.awaitReady("late");
    assertThat(operator.aws().function("late").get("Timeout").asInt()).isEqualTo(30);
    assertThat(callsButLists()).extracting(LoggedRequest::functionName).containsOnly("late");
  }

  @Test
  void aFunctionThatIsDeletedIsToldAsNotFound() throws Exception {
    // Given
    Fleet fleet = fleetInSync(4);
    operator.aws().requests().clear();

    // When
    operator.aws().deleteFunction("f-002");

    // Then
    resources.awaitStalled("f-002", "FunctionNotFound");
    assertThat(resources.condition("f-002", Conditions.READY).status()).isEqualTo("False");
    awaitPages(4);
    assertThat(operator.aws().requests().readsOf("f-002")).hasSize(1);
    assertThat(callsButLists()).extracting(LoggedRequest::functionName).containsOnly("f-002");
    assertThat(fleet.readyReasons()).containsEntry("InSync", 3L);
  }

  @Test
  void aFunctionThatOneRoundDoesNotShowIsNotTakenForDeleted() throws Exception {
    // Given
    Fleet fleet = fleetInSync(4);
    Map<String, String> versions = fleet.versions();
    operator.aws().requests().clear();

    // When
    FaultRule incomplete = operator.aws().faults().on(LIST).thenLeaveOut("f-002");

    // Then
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> incomplete.hits() == 1);
    awaitPages(4);
    assertThat(callsButLists()).isEmpty();
    assertThat(fleet.versions()).isEqualTo(versions);
  }

  /** What can become of a page. */
  enum Trouble {
    ERROR,
    CUT,
    THROTTLED,
    THROTTLED_AT_THE_FRONT_END,
    STALE_MARKER,
    HANGING;

    FaultRule comesTo(FaultScript page) {
      return switch (this) {
        case ERROR -> page.thenAnswer(500, "ServiceException", "Internal error");
        case CUT -> page.thenCutBeforeApplying();
        case THROTTLED -> page.thenThrottle(Duration.ofSeconds(1));
        case THROTTLED_AT_THE_FRONT_END -> page.thenThrottleAtTheFrontEnd();
        case STALE_MARKER ->
            page.thenAnswer(400, "InvalidParameterValueException", "Invalid pagination token");
        case HANGING -> page.thenHang();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTroubleWithAPageEndsTheSweep(Trouble trouble) throws Exception {
    // Given
    Fleet fleet = fleetInSync(52);
    FaultScript aSecondPage =
        operator.aws().faults().on(LIST).when(call -> call.query().containsKey("Marker"));
    FaultScript aFirstPage =
        operator.aws().faults().on(LIST).when(call -> !call.query().containsKey("Marker"));
    FaultRule second = trouble.comesTo(aSecondPage);
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> second.hits() == 1);
    operator.aws().faults().release();
    FaultRule first = trouble.comesTo(aFirstPage);
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> first.hits() == 1);
    operator.aws().faults().release();
    operator.aws().requests().clear();

    // When: one function of each page
    operator.aws().changeBehindTheBack("f-003", "{\"Timeout\": 5}");
    operator.aws().changeBehindTheBack("f-051", "{\"Timeout\": 5}");

    // Then
    awaitTimeout("f-003", 30);
    awaitTimeout("f-051", 30);
    fleet.awaitReady();
    assertThat(callsButLists())
        .extracting(LoggedRequest::functionName)
        .containsOnly("f-003", "f-051");
  }

  @Test
  void aRevisionThatMovesWithoutAChangeCostsOneRead() throws Exception {
    // Given
    Fleet fleet = fleetInSync(12);
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
    awaitPages(3);
    assertThat(callsButLists())
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

    // When: the operator starts anew, and knows from the list's first pages that all is well
    operator.stop();
    operator.aws().requests().clear();
    operator.start();
    awaitPages(2);

    // Then: what no list shows is noticed all the same
    operator.aws().changeBehindTheBack("f-000", "{\"Timeout\": 5}");
    awaitTimeout("f-000", 30);
    assertThat(managed.applied()).isEqualTo(Map.of("f-000", 1L));
    assertThat(operator.aws().requests().count(LIST)).isLessThanOrEqualTo(3);
  }

  /** Functions that are only listed: those read before the first page are once read again. */
  private Fleet fleetInSync(int size) throws InterruptedException {
    Fleet fleet = readFleet(size);
    Awaitility.await("pages without any other call")
        .atMost(Fleet.PATIENCE)
        .until(
            () -> {
              operator.aws().requests().clear();
              awaitPages(3);
              return callsButLists().isEmpty();
            });
    return fleet;
  }

  private Fleet readFleet(int size) throws InterruptedException {
    Fleet fleet = Fleet.of(operator, size, seed -> seed.with("Timeout", 30));
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    return fleet;
  }

  private FaultRule pagesWhere(boolean follows) {
    return operator
        .aws()
        .faults()
        .on(LIST)
        .when(call -> call.query().containsKey("Marker") == follows)
        .always()
        .thenMeanwhile(() -> {});
  }

  private void awaitTimeout(String function, int seconds) {
    Awaitility.await(function + " to have the Timeout " + seconds)
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().function(function).get("Timeout").asInt() == seconds);
  }

  private void awaitPages(int more) {
    long before = operator.aws().requests().count(LIST);
    Awaitility.await(more + " more pages")
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().requests().count(LIST) >= before + more);
  }

  private List<LoggedRequest> callsButLists() {
    return operator.aws().requests().where(request -> !request.operation().equals(LIST));
  }
}
