package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AWS accepts a few calls a second and throttles the others: each update gets its turn. */
final class ThrottledAccountIT {

  private static final int THROTTLED = 429;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  @Test
  void aChangeOfManyFunctionsStaysWithinTheQuotaOfAws() throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 120);
    operator.aws().faults().rateLimit(15);
    operator.aws().requests().clear();

    // When
    fleet.apply("timeout: 31");

    // Then
    fleet.awaitReady();
    List<LoggedRequest> all = operator.aws().requests().all();
    assertThat(all.stream().filter(request -> request.httpStatus() == THROTTLED))
        .hasSizeLessThanOrEqualTo(Math.max(3, all.size() / 50));
    assertThat(fleet.applied()).hasSize(120).allSatisfy((name, times) -> assertThat(times).isOne());
    fleet.requireTimeout(31);
  }

  @Test
  void whereAlmostNothingIsLetThroughNothingIsLost() throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 10);
    operator.aws().faults().rateLimit(1);
    operator.aws().requests().clear();

    // When
    fleet.apply("timeout: 31");

    // Then
    fleet.awaitReady();
    assertThat(fleet.applied()).hasSize(10).allSatisfy((name, times) -> assertThat(times).isOne());
    fleet.requireTimeout(31);
  }

  @Test
  void aDriftIsPutRightWhileOthersUseUpTheQuota() throws Exception {
    // Given: other tools use the quota, so that each third call is throttled
    Fleet fleet = Fleet.inSync(operator, 10);
    AtomicInteger calls = new AtomicInteger();
    FaultRule throttled =
        operator
            .aws()
            .faults()
            .onAnything()
            .when(
                call -> !call.operation().equals("GetFunction") && calls.incrementAndGet() % 3 == 0)
            .always()
            .thenThrottle();

    // When
    operator.aws().changeBehindTheBack("f-004", "{\"Timeout\": 5}");
    operator.aws().changeBehindTheBack("f-007", "{\"Timeout\": 5}");

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(
            () ->
                fleet.names().stream()
                    .allMatch(name -> operator.aws().function(name).get("Timeout").asInt() == 30));
    fleet.awaitReady();
    assertThat(fleet.applied()).isEqualTo(Map.of("f-004", 1L, "f-007", 1L));
    assertThat(throttled.hits()).isPositive();
  }

  @Test
  void aThrottledReadFromTimeToTimeChangesNoStatus() throws Exception {
    // Given: no lists, so that each function is read every second
    operator
        .aws()
        .faults()
        .on("ListFunctions")
        .always()
        .thenAnswer(403, "AccessDeniedException", "no");
    Fleet fleet = Fleet.inSync(operator, 5);
    List<String> versions = versions(fleet);
    AtomicInteger calls = new AtomicInteger();

    // When
    FaultRule throttled =
        operator
            .aws()
            .faults()
            .onAnything()
            .when(call -> calls.incrementAndGet() % 2 == 0)
            .always()
            .thenThrottle();
    Awaitility.await().atMost(Fleet.PATIENCE).until(() -> throttled.hits() >= 5);

    // Then
    assertThat(versions(fleet)).isEqualTo(versions);
  }

  private List<String> versions(Fleet fleet) {
    return fleet.names().stream()
        .map(name -> operator.resources().get(name).getMetadata().getResourceVersion())
        .toList();
  }
}
