package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.aws.account.AccountQuotas;
import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The metrics of the rate limiters. If the functions of a Region are in several accounts, the rate
 * is that of the account with the lowest, and the calls that wait or run are added up.
 */
final class RateLimiterMetrics implements WaitListener {

  static final String WAIT = "lambdaconfig.budget.wait";

  private final RegionLabels regions;
  private final Map<Bucket, Map<Priority, Timer>> waits = new EnumMap<>(Bucket.class);
  private final LabelledGauge perSecond;
  private final LabelledGauge waiting;
  private final LabelledGauge inFlight;
  private final LabelledGauge available;

  RateLimiterMetrics(MeterRegistry registry, RegionLabels regions) {
    this.regions = regions;
    for (Bucket bucket : Bucket.values()) {
      Map<Priority, Timer> timers = new EnumMap<>(Priority.class);
      for (Priority priority : Priority.values()) {
        timers.put(
            priority,
            Timer.builder(WAIT)
                .description("Time that calls wait in the rate limiter.")
                .tag("bucket", word(bucket))
                .tag("priority", word(priority))
                .register(registry));
      }
      waits.put(bucket, timers);
    }
    perSecond =
        new LabelledGauge(
            registry,
            "lambdaconfig.budget.requests.per.second",
            null,
            "Calls per second that the rate limiter currently grants.",
            Math::min);
    waiting =
        new LabelledGauge(
            registry,
            "lambdaconfig.budget.waiting",
            null,
            "Calls that wait in the rate limiter.",
            Double::sum);
    inFlight =
        new LabelledGauge(
            registry, "lambdaconfig.budget.in.flight", null, "Calls in flight.", Double::sum);
    available =
        new LabelledGauge(
            registry,
            "lambdaconfig.endpoint.available",
            null,
            "1 while the Lambda endpoint answers, 0 while calls to it are paused because it does"
                + " not.",
            Math::min);
  }

  @Override
  public void waited(Bucket bucket, Priority priority, Duration waited) {
    Objects.requireNonNull(Objects.requireNonNull(waits.get(bucket)).get(priority)).record(waited);
  }

  void show(AccountQuotas accounts) {
    accounts.forEach(this::add);
    perSecond.show();
    waiting.show();
    inFlight.show();
    available.show();
  }

  private void add(String name, AccountQuota quota) {
    Tags region = Tags.of("region", regions.label(name));
    add(region.and("bucket", word(Bucket.CONTROL)), quota.control());
    add(region.and("bucket", word(Bucket.GET_FUNCTION)), quota.getFunction());
    available.add(region, quota.breaker().available() ? 1 : 0);
  }

  private void add(Tags tags, RateLimiter bucket) {
    perSecond.add(tags, bucket.perSecond());
    inFlight.add(tags, bucket.inFlight());
    for (Priority priority : Priority.values()) {
      waiting.add(tags.and("priority", word(priority)), bucket.waiting(priority));
    }
  }

  private static String word(Bucket bucket) {
    return switch (bucket) {
      case CONTROL -> "control";
      case GET_FUNCTION -> "getFunction";
    };
  }

  private static String word(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }
}
