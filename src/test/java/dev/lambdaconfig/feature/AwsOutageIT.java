package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * AWS is unavailable for a while: no change is lost, and its return causes no burst of requests.
 */
final class AwsOutageIT {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Maximum requests of one second: the rate limit and a burst. */
  private static final int NO_STORM = 25;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  @Test
  void anEndpointThatDoesNotAnswerIsLeftAloneAndNothingIsLost() throws Exception {
    // Given: functions with an unmanaged environment
    Fleet fleet =
        Fleet.of(
            operator,
            40,
            seed ->
                seed.with("Timeout", 30)
                    .with("{\"Environment\": {\"Variables\": {\"LEVEL\": \"info\"}}}"));
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    operator.aws().requests().clear();
    FaultRule away = operator.aws().faults().onAnything().always().thenCutBeforeApplying();

    // When
    fleet.apply("timeout: 31");

    // Then: one resource probes for all, and those that have tried report what to check
    Awaitility.await("an endpoint that is left alone")
        .during(Duration.ofSeconds(8))
        .atMost(Fleet.PATIENCE)
        .until(() -> away.hits() < 40);
    Awaitility.await("some probes").atMost(Fleet.PATIENCE).until(() -> away.hits() >= 8);
    Awaitility.await("resources to tell that the endpoint is away")
        .atMost(Fleet.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(fleet.resources())
                    .extracting(
                        resource ->
                            Objects.requireNonNull(Fleet.condition(resource, Conditions.READY)))
                    .filteredOn(ready -> ready.reason().equals("EndpointUnreachable"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(ready -> assertThat(ready.message()).contains("AWS_ENDPOINT_URL")));

    // When
    away.cancel();
    Instant back = Instant.now();

    // Then
    fleet.awaitReady();
    assertThat(fleet.applied()).hasSize(40).allSatisfy((name, times) -> assertThat(times).isOne());
    fleet.requireTimeout(31);
    requireNoStorm(back);
  }

  @Test
  void aBurstOfErrorsLosesNothingAndRepeatsNothing() throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 40);
    FaultRule errors =
        operator
            .aws()
            .faults()
            .onAnything()
            .times(60)
            .thenAnswer(503, "ServiceException", "Service is unavailable");
    operator.aws().requests().clear();
    Instant begin = Instant.now();

    // When
    fleet.apply("timeout: 31");

    // Then
    fleet.awaitReady();
    assertThat(errors.hits()).isPositive();
    assertThat(fleet.applied()).hasSize(40).allSatisfy((name, times) -> assertThat(times).isOne());
    fleet.requireTimeout(31);
    requireNoStorm(begin);
  }

  @Test
  void aRegionThatHangsDelaysNoOther() throws Exception {
    // Given
    Fleet here = Fleet.inSync(operator, 10);
    List<String> there = here.names().stream().map(name -> "far-" + name).toList();
    for (String name : there) {
      operator.aws().region("us-east-1").createFunction(FunctionSeed.zip(name).with("Timeout", 30));
    }
    FaultRule hanging = operator.aws().faults().onAnything().in("us-east-1").always().thenHang();
    Fleet far = here.named(there);
    far.apply("region: us-east-1\ntimeout: 31");
    Awaitility.await("calls that hang").atMost(Fleet.PATIENCE).until(() -> hanging.hits() >= 5);

    // When
    here.apply("timeout: 31");

    // Then
    here.awaitReady();
    here.requireTimeout(31);
    assertThat(far.resources()).noneMatch(Fleet::isReady);

    // When
    hanging.cancel();
    operator.aws().faults().release();

    // Then
    far.awaitReady();
    assertThat(far.applied()).hasSize(10).allSatisfy((name, times) -> assertThat(times).isOne());
  }

  /** Requires that no second used more of the quota that all tools share. */
  private void requireNoStorm(Instant since) {
    List<Instant> times =
        operator
            .aws()
            .requests()
            .where(
                request ->
                    !request.operation().equals("GetFunction") && !request.at().isBefore(since))
            .stream()
            .map(LoggedRequest::at)
            .sorted()
            .toList();
    assertThat(times).isNotEmpty();
    assertThat(times)
        .allSatisfy(
            from ->
                assertThat(
                        times.stream()
                            .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(SECOND))))
                    .hasSizeLessThanOrEqualTo(NO_STORM));
  }
}
