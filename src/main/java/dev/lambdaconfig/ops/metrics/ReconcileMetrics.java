package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.controller.report.ReconcileListener;
import dev.lambdaconfig.controller.report.ReconcileOutcome;
import dev.lambdaconfig.controller.report.UpdateOutcome;
import dev.lambdaconfig.decision.history.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the reconciles, and of the updates and drifts whose end they observed. All meters
 * are registered at the start: a rate over a meter that appears with its first event would miss
 * that event.
 */
final class ReconcileMetrics implements ReconcileListener {

  static final String PASSES = "lambdaconfig.passes";

  private static final String UNKNOWN_CAUSE = "Unknown";

  private record Update(String cause, UpdateOutcome outcome) {}

  private final Map<ReconcileOutcome, Counter> plans = new EnumMap<>(ReconcileOutcome.class);
  private final Map<Update, Counter> updates = new HashMap<>();
  private final Timer ended;
  private final Timer failed;
  private final Timer drifts;

  ReconcileMetrics(MeterRegistry registry) {
    for (ReconcileOutcome outcome : ReconcileOutcome.values()) {
      plans.put(
          outcome,
          Counter.builder("lambdaconfig.plans")
              .description("Reconciles, by outcome.")
              .tag("outcome", outcome.name())
              .register(registry));
    }
    for (UpdateOutcome outcome : UpdateOutcome.values()) {
      for (Cause cause : Cause.values()) {
        updates(registry, cause.name(), outcome);
      }
      updates(registry, UNKNOWN_CAUSE, outcome);
    }
    ended = passes(registry, "Ended");
    failed = passes(registry, "Failed");
    drifts =
        Timer.builder("lambdaconfig.drift")
            .description("Time from the detection of a drift until the function has settled.")
            .serviceLevelObjectives(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1))
            .register(registry);
  }

  private void updates(MeterRegistry registry, String cause, UpdateOutcome outcome) {
    updates.put(
        new Update(cause, outcome),
        Counter.builder("lambdaconfig.updates")
            .description("Completed updates of functions, by cause and outcome.")
            .tag("cause", cause)
            .tag("outcome", outcome.name())
            .register(registry));
  }

  private static Timer passes(MeterRegistry registry, String outcome) {
    return Timer.builder(PASSES)
        .description("Duration of reconciles, including their calls.")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void decided(ReconcileOutcome outcome) {
    Objects.requireNonNull(plans.get(outcome)).increment();
  }

  @Override
  public void ended(Duration took, boolean inError) {
    (inError ? failed : ended).record(took);
  }

  @Override
  public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {
    String name = cause == null ? UNKNOWN_CAUSE : cause.name();
    Objects.requireNonNull(updates.get(new Update(name, outcome))).increment();
  }

  @Override
  public void driftSettled(Duration after) {
    drifts.record(after);
  }
}
