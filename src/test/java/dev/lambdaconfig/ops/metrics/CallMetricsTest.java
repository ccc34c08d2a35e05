package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The timers of the calls to Lambda. */
final class CallMetricsTest {

  private static final Failure THROTTLED = new Failure("TooManyRequestsException", null, 429, null);
  private static final Duration TOOK = Duration.ofMillis(20);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CallMetrics calls = CallMetrics.ofLambda(registry, new RegionLabels());

  @Test
  void callsOfOneKindHaveOneTimer() {
    // When
    calls.called("GetFunction", "eu-west-1", null, TOOK);
    calls.called("GetFunction", "eu-west-1", null, TOOK);
    calls.called("GetFunction", "eu-west-1", THROTTLED, TOOK);

    // Then
    assertThat(timer("eu-west-1", "Success").count()).isEqualTo(2);
    assertThat(timer("eu-west-1", "Success").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    assertThat(timer("eu-west-1", "Throttled").count()).isEqualTo(1);
  }

  @Test
  void aForgottenRegionStartsFromZero() {
    // Given
    calls.called("GetFunction", "eu-west-1", null, TOOK);
    calls.called("GetFunction", "us-east-1", null, TOOK);

    // When
    calls.forget(Set.of("eu-west-1"));

    // Then
    assertThat(registry.find(CallMetrics.REQUESTS).tag("region", "eu-west-1").timer()).isNull();
    assertThat(timer("us-east-1", "Success").count()).isEqualTo(1);

    // When
    calls.called("GetFunction", "eu-west-1", null, TOOK);

    // Then
    assertThat(timer("eu-west-1", "Success").count()).isEqualTo(1);
  }

  private Timer timer(String region, String outcome) {
    return registry.get(CallMetrics.REQUESTS).tags("region", region, "outcome", outcome).timer();
  }
}
