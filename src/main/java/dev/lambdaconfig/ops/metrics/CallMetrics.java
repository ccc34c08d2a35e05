package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Measures the calls to a service of AWS, by operation, Region and outcome. */
final class CallMetrics implements CallListener {

  static final String REQUESTS = "lambdaconfig.aws.requests";
  private static final String OF_STS = "lambdaconfig.sts.requests";

  private record Call(String operation, String region, String outcome) {}

  private final MeterRegistry registry;
  private final RegionLabels regions;
  private final String name;
  private final String description;
  private final Map<Call, Timer> timers = new ConcurrentHashMap<>();

  private CallMetrics(
      MeterRegistry registry, RegionLabels regions, String name, String description) {
    this.registry = registry;
    this.regions = regions;
    this.name = name;
    this.description = description;
  }

  static CallMetrics ofLambda(MeterRegistry registry, RegionLabels regions) {
    return new CallMetrics(
        registry, regions, REQUESTS, "Calls to Lambda, by operation and outcome.");
  }

  static CallMetrics ofSts(MeterRegistry registry, RegionLabels regions) {
    return new CallMetrics(
        registry,
        regions,
        OF_STS,
        "Calls to STS for the roles of tenants, by operation and outcome.");
  }

  @Override
  public void called(String operation, String region, @Nullable Failure failure, Duration took) {
    timers
        .computeIfAbsent(new Call(operation, regions.label(region), outcome(failure)), this::timer)
        .record(took);
  }

  /** Removes the timers of Regions with these labels. */
  void forget(Set<String> labels) {
    for (Call call : timers.keySet()) {
      if (labels.contains(call.region())) {
        // Atomically with its registration: a timer that is recorded to but not registered shows
        // nothing.
        timers.computeIfPresent(
            call,
            (key, timer) -> {
              registry.remove(timer);
              return null;
            });
      }
    }
  }

  private Timer timer(Call call) {
    return Timer.builder(name)
        .description(description)
        .tag("operation", call.operation())
        .tag("region", call.region())
        .tag("outcome", call.outcome())
        .register(registry);
  }

  private static String outcome(@Nullable Failure failure) {
    if (failure == null) {
      return "Success";
    }
    if (FailureKind.isOfTheCaller(failure)) {
      return "Unauthenticated";
    }
    return switch (FailureKind.of(failure)) {
      case THROTTLED -> "Throttled";
      case BUSY -> "Conflict";
      case STALE_REVISION -> "StaleRevision";
      case NOT_FOUND -> "NotFound";
      case DENIED -> "Denied";
      case TRANSIENT -> "Unavailable";
      case PROPAGATING_POLICY, PROPAGATING_NETWORK, PROPAGATING_ID, REFUSED -> "Refused";
    };
  }
}
