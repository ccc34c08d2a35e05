package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of functions is denied, incomplete, or fails on a page. */
final class IncompleteSweepIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  private final ListedFleet listed = new ListedFleet(operator);

  @Test
  void withoutTheRightToListEachFunctionIsReadAndThatIsReportedOnce() throws Exception {
    // Given
    operator
        .aws()
        .faults()
        .on(ListedFleet.LIST)
        .always()
        .thenAnswer(
            403,
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/x is not authorized to perform:"
                + " lambda:ListFunctions");
    Fleet fleet = Fleet.inSync(operator, 12);
    Events.await(operator, "ListingRefused");
    operator.aws().requests().clear();
    operator.awaitReads(2, fleet.names());

    // When
    operator.aws().changeBehindTheBack("f-004", "{\"Timeout\": 5}");

    // Then
    listed.awaitTimeout("f-004", 30);
    resources.awaitReady("f-004");
    assertThat(fleet.applied()).isEqualTo(Map.of("f-004", 1L));
    assertThat(operator.aws().requests().count(ListedFleet.LIST)).isLessThanOrEqualTo(1);
    Events.await(operator, "ListingRefused");
    assertThat(Events.with(operator, "ListingRefused"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getMessage())
                    .contains("eu-west-1", "AccessDeniedException", "grant lambda:ListFunctions"));
  }

  @Test
  void aFunctionThatOneRoundDoesNotShowIsNotTakenForDeleted() throws Exception {
    // Given
    Fleet fleet = listed.inSync(4);
    Map<String, String> versions = fleet.versions();
    operator.aws().requests().clear();

    // When
    FaultRule incomplete = operator.aws().faults().on(ListedFleet.LIST).thenLeaveOut("f-002");

    // Then
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> incomplete.hits() == 1);
    listed.awaitPages(4);
    assertThat(listed.callsButLists()).isEmpty();
    assertThat(fleet.versions()).isEqualTo(versions);
  }

  /** A fault of one page of the list. */
  enum PageFault {
    ERROR,
    CUT,
    THROTTLED,
    THROTTLED_AT_THE_FRONT_END,
    STALE_MARKER,
    HANGING;

    FaultRule hits(FaultScript page) {
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
  void noFaultOfAPageEndsTheSweep(PageFault fault) throws Exception {
    // Given
    Fleet fleet = listed.inSync(52);
    FaultScript aSecondPage =
        operator
            .aws()
            .faults()
            .on(ListedFleet.LIST)
            .when(call -> call.query().containsKey("Marker"));
    FaultScript aFirstPage =
        operator
            .aws()
            .faults()
            .on(ListedFleet.LIST)
            .when(call -> !call.query().containsKey("Marker"));
    FaultRule second = fault.hits(aSecondPage);
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> second.hits() == 1);
    operator.aws().faults().release();
    FaultRule first = fault.hits(aFirstPage);
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> first.hits() == 1);
    operator.aws().faults().release();
    operator.aws().requests().clear();

    // When: one function of each page
    operator.aws().changeBehindTheBack("f-003", "{\"Timeout\": 5}");
    operator.aws().changeBehindTheBack("f-051", "{\"Timeout\": 5}");

    // Then
    listed.awaitTimeout("f-003", 30);
    listed.awaitTimeout("f-051", 30);
    fleet.awaitReady();
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .containsOnly("f-003", "f-051");
  }
}
