package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An invented account in an ARN has no quota of its own. */
final class InventedAccountsIT {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Maximum requests of one second: the rate limit, a burst, and some for a busy machine. */
  private static final int NO_STORM = 25;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void twoHundredInventedAccountsStayWithinTheQuotaOfOne() throws Exception {
    // Given
    Fleet here = Fleet.of(operator, 1, seed -> seed);
    here.apply("timeout: 30");
    here.awaitReady();
    operator.aws().faults().rateLimit(15);
    operator.aws().requests().clear();
    List<String> names =
        IntStream.range(0, 200).mapToObj(i -> "invented-%03d".formatted(i)).toList();
    Fleet invented = here.named(names);

    // When
    invented.each(
        name ->
            resources.apply(
                name,
                "functionName: arn:aws:lambda:eu-west-1:%012d:function:orders\ntimeout: 30"
                    .formatted(200_000_000_000L + names.indexOf(name))));

    // Then
    invented.await("to be Stalled", InventedAccountsIT::isDenied);
    List<LoggedRequest> shared =
        operator.aws().requests().where(request -> !request.operation().equals("GetFunction"));
    assertThat(shared.stream().filter(LoggedRequest::isThrottled))
        .as("throttled of %d", shared.size())
        .hasSizeLessThanOrEqualTo(Math.max(3, shared.size() / 20));
    List<Instant> times = shared.stream().map(LoggedRequest::at).sorted().toList();
    assertThat(times)
        .allSatisfy(
            from ->
                assertThat(
                        times.stream()
                            .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(SECOND))))
                    .hasSizeLessThanOrEqualTo(NO_STORM));
    assertThat(operator.scrape().all("lambdaconfig_budget_requests_per_second"))
        .extracting(sample -> sample.labels().get("region"))
        .containsOnly("eu-west-1");
  }

  private static boolean isDenied(LambdaFunctionConfig resource) {
    StatusCondition stalled = Fleet.condition(resource, Conditions.STALLED);
    return stalled != null && stalled.reason().equals("AccessDeniedException");
  }
}
