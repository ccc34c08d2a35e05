package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of calls and resources. */
final class OperatorMetricsTest {

  private final MetricsFixture metrics = new MetricsFixture();

  @ParameterizedTest
  @CsvSource({
    "TooManyRequestsException, 429, , Throttled",
    "ResourceConflictException, 409, , Conflict",
    "PreconditionFailedException, 412, , StaleRevision",
    "ResourceNotFoundException, 404, , NotFound",
    "AccessDeniedException, 403, , Denied",
    "UnrecognizedClientException, 403, , Denied",
    "ServiceException, 500, , Unavailable",
    "EndpointUnreachable, 0, , Unavailable",
    "ClientError, 0, , Unavailable",
    "CredentialsUnavailable, 0, , Unauthenticated",
    "ExpiredTokenException, 403, , Unauthenticated",
    "InvalidSignatureException, 403, Signature expired: 20261126T030000Z, Unauthenticated",
    "InvalidParameterValueException, 400, cannot be assumed by Lambda, Refused",
    "InvalidParameterValueException, 400, Lambda was throttled by EC2, Refused",
    "InvalidParameterValueException, 400, InvalidSubnetID.NotFound, Refused",
    "InvalidParameterValueException, 400, , Refused"
  })
  void failedCallsAreCountedByWhatCameOfThem(
      String code, int status, @Nullable String message, String outcome) {
    // When
    metrics.call(
        "UpdateFunctionConfiguration", "eu-west-1", new Failure(code, message, status, null));

    // Then
    assertThat(metrics.scrape().all("lambdaconfig_aws_requests_seconds_count"))
        .containsExactly(
            new Scrape.Sample(
                "lambdaconfig_aws_requests_seconds_count",
                new TreeMap<>(
                    Map.of(
                        "operation", "UpdateFunctionConfiguration",
                        "region", "eu-west-1",
                        "outcome", outcome)),
                1));
  }

  @Test
  void onlyTheMostFrequentReasonsAreShown() {
    // Given
    Map<String, Integer> reasons =
        IntStream.range(0, 45).boxed().collect(Collectors.toMap(i -> "Reason" + i, i -> 100 + i));

    // When
    metrics.stalled(reasons);

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.all("lambdaconfig_resources_stalled")).hasSize(ResourceMetrics.REASONS + 1);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Reason44")))
        .isEqualTo(144);
    assertThat(scrape.sum("lambdaconfig_resources_stalled", Map.of("reason", "Other")))
        .isEqualTo(IntStream.range(100, 115).sum());
  }

  @Test
  void resourcesAreNotCountedForEachReader() {
    // When
    metrics.scrape();
    metrics.scrape();

    // Then
    assertThat(metrics.counted()).isEqualTo(1);
  }

  @Test
  void aStandbyShowsNoResources() {
    // Given
    metrics.stalled(Map.of("AccessDeniedException", 3));

    // When
    metrics.standsBy();

    // Then
    Scrape scrape = metrics.scrape();
    assertThat(scrape.sum("lambdaconfig_leader", Map.of())).isZero();
    assertThat(scrape.names())
        .contains("lambdaconfig_leader")
        .doesNotContain("lambdaconfig_resources", "lambdaconfig_resources_stalled");
  }

  @Test
  void aReconcileThatHangsIsShown() {
    // When
    metrics.unfinishedFor(Duration.ofMinutes(7));

    // Then
    assertThat(metrics.scrape().sum("lambdaconfig_oldest_unfinished_pass_seconds", Map.of()))
        .isEqualTo(420);
  }
}
