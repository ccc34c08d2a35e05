package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of functions fails for ever, and all other calls are answered. */
final class FailingListIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ListedFleet listed = new ListedFleet(operator);

  /** A way in which each list fails. */
  enum ListFault {
    ERROR,
    EMPTY,
    TOO_LONG,
    HANGING;

    FaultRule hits(FaultScript lists) {
      return switch (this) {
        case ERROR -> lists.thenAnswer(500, "ServiceException", "Internal error");
        case EMPTY ->
            lists.thenAlterAnswer(
                answer -> {
                  ((ObjectNode) answer).removeAll();
                  return answer;
                });
        case TOO_LONG ->
            lists.thenAlterAnswer(
                answer -> ((ObjectNode) answer).put("More", "x".repeat(2_000_000)));
        case HANGING -> lists.thenHang();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void driftIsNoticedByReadsUntilListsWorkAgain(ListFault fault) throws Exception {
    // Given
    Fleet fleet = listed.inSync(6);
    FaultRule failing = fault.hits(operator.aws().faults().on(ListedFleet.LIST).always());
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> failing.hits() > 0);
    operator.aws().requests().clear();

    // When
    operator.aws().changeBehindTheBack("f-004", "{\"Timeout\": 5}");

    // Then
    listed.awaitTimeout("f-004", 30);
    fleet.awaitReady();
    assertThat(fleet.applied()).isEqualTo(Map.of("f-004", 1L));
    assertThat(operator.aws().requests().count(ListedFleet.LIST)).isLessThanOrEqualTo(7);

    // And when
    failing.cancel();
    operator.aws().faults().release();
    listed.awaitRest();
    operator.aws().changeBehindTheBack("f-002", "{\"Timeout\": 5}");

    // Then
    listed.awaitTimeout("f-002", 30);
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .containsOnly("f-002");
  }
}
