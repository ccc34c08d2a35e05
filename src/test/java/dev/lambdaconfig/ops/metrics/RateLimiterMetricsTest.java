package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.WaitListener.Bucket;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The metrics of the limiters of a Region with functions in two accounts. */
final class RateLimiterMetricsTest {

  private static final String OTHER = "arn:aws:lambda:eu-west-1:999999999999:function:orders";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RateLimiterMetrics metrics = new RateLimiterMetrics(registry, new RegionLabels());
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new Describing(),
          new Describing(),
          new CallLimits(14),
          () -> 0,
          new RateLimitedLambda.Listeners(metrics, RegionListener.NONE));

  @Test
  void eachQuotaOfARegionHasItsRate() {
    // When
    lambda.read("a", new Target("eu-west-1", "orders"), Priority.READ);
    metrics.show(lambda.accounts());

    // Then
    assertThat(gauge("lambdaconfig.budget.requests.per.second", "bucket", "control")).isEqualTo(10);
    assertThat(gauge("lambdaconfig.budget.requests.per.second", "bucket", "getFunction"))
        .isGreaterThan(10);
    assertThat(gauge("lambdaconfig.endpoint.available", "region", "eu-west-1")).isEqualTo(1);
    assertThat(gauge("lambdaconfig.budget.in.flight", "bucket", "control")).isZero();
  }

  @Test
  void theCallsThatWaitInTwoAccountsAreAddedUp() {
    // Given: an account of its own is known once a function there was described
    lambda.poll("home", new Target("eu-west-1", "orders"), Priority.SETTLE);
    lambda.poll("other", new Target("eu-west-1", OTHER), Priority.SETTLE);

    // When
    for (int i = 0; i < 15; i++) {
      lambda.reserveUpdate("home-" + i, new Target("eu-west-1", "orders"));
      lambda.reserveUpdate("other-" + i, new Target("eu-west-1", OTHER));
    }
    metrics.show(lambda.accounts());

    // Then
    double inFlight = gauge("lambdaconfig.budget.in.flight", "bucket", "control");
    double waiting = gauge("lambdaconfig.budget.waiting", "bucket", "control");
    assertThat(inFlight).isBetween(2.0, 29.0);
    assertThat(inFlight + waiting).isEqualTo(30);
    assertThat(gauge("lambdaconfig.budget.requests.per.second", "bucket", "control"))
        .as("the lowest of both, not their sum")
        .isBetween(10.0, 15.0);
  }

  @Test
  void aWaitIsRecordedForItsQuotaAndPriority() {
    // When
    metrics.waited(Bucket.GET_FUNCTION, Priority.READ, Duration.ofSeconds(3));

    // Then
    var waits =
        registry.get(RateLimiterMetrics.WAIT).tags("bucket", "getFunction", "priority", "read");
    assertThat(waits.timer().count()).isEqualTo(1);
    assertThat(waits.timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(registry.find(RateLimiterMetrics.WAIT).timers())
        .as("all are there from the start")
        .hasSize(Bucket.values().length * Priority.values().length);
  }

  private double gauge(String name, String tag, String value) {
    return registry.find(name).tag(tag, value).gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  /** A Lambda that describes each function, in the account that its ARN names. */
  private static final class Describing implements LambdaFunctions, FunctionLists {

    @Override
    public Answer read(Target target) {
      String arn =
          target.functionName().startsWith("arn:")
              ? target.functionName()
              : "arn:aws:lambda:eu-west-1:123456789012:function:" + target.functionName();
      return new Answer.Described(
          new ObservedFunction(Value.Structure.of(Map.of("FunctionArn", Value.text(arn)))));
    }

    @Override
    public Answer readFunction(Target target) {
      return read(target);
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return new Sent(read(target));
    }

    @Override
    public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
      return new Page(List.of(), null);
    }
  }
}
