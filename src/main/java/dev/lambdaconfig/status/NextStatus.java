package dev.lambdaconfig.status;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.settings.ObservedFunction;
import dev.lambdaconfig.settings.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the next status.
 *
 * <p>From the moment that a difference is known until it has settled, {@code Ready} is false and
 * {@code Reconciling} true; {@code Ready} is true only on {@link Decision.InSync}. Nothing here
 * changes from pass to pass: a status that says the same is equal, and is not written.
 */
public final class NextStatus {

  private static final int DRIFT_SHOWN = 100;

  private final @Nullable LambdaFunctionConfigStatus previous;
  private final LambdaFunctionConfigStatus next;
  private final long generation;
  private final Instant now;

  private NextStatus(@Nullable LambdaFunctionConfigStatus previous, long generation, Instant now) {
    this.previous = previous;
    this.next = previous == null ? new LambdaFunctionConfigStatus() : previous.copy();
    this.generation = generation;
    this.now = now;
    next.observedGeneration = generation;
  }

  /**
   * Starts from the previous status.
   *
   * @param generation the generation of the spec that this pass acted on
   */
  public static NextStatus after(
      @Nullable LambdaFunctionConfigStatus previous, long generation, Instant now) {
    return new NextStatus(previous, generation, now);
  }

  /** Adds what the spec manages, and where. */
  public NextStatus managing(Desired desired, @Nullable String region) {
    List<String> paths = desired.managedPaths();
    next.managedFields = paths.isEmpty() ? null : paths;
    next.region = region == null ? next.region : region;
    return this;
  }

  /** Adds what AWS answered. */
  public NextStatus observed(ObservedFunction function) {
    FunctionFacts.write(function, next);
    return this;
  }

  /** Takes back what AWS once answered: there is no such function now. The ARN stays pinned. */
  public NextStatus absent() {
    String pinned = next.functionArn;
    FunctionFacts.write(new ObservedFunction(Value.Structure.EMPTY), next);
    next.functionArn = pinned;
    return this;
  }

  /** Adds the history; the newest update that AWS took gives the time of the last one. */
  public NextStatus history(List<UpdateRecord> history) {
    next.history = history.isEmpty() ? null : history;
    return this;
  }

  /** Notes that AWS accepted an update just now. */
  public NextStatus applied(Instant when) {
    next.lastAppliedTime = when.truncatedTo(ChronoUnit.SECONDS).toString();
    return this;
  }

  /** Adds what is decided, and the difference that it was decided from. */
  public LambdaFunctionConfigStatus decided(Decision decision, @Nullable Plan plan) {
    Conditions conditions =
        new Conditions(previous == null ? null : previous.conditions, generation, now);
    switch (decision) {
      case Decision.InSync inSync ->
          conditions.set(
              Conditions.READY, "True", "InSync", "the function is what the spec declares");
      case Decision.Update update ->
          working(
              conditions,
              update.cause().name(),
              "updating " + String.join(", ", update.plan().fields()));
      case Decision.ReadAgain readAgain ->
          working(
              conditions,
              "Changed",
              "the function changed while it was looked at; reading it again");
      case Decision.Wait wait -> working(conditions, wait.reason(), wait.message());
      case Decision.Retry retry -> working(conditions, retry.reason(), retry.message());
      case Decision.Stalled stalled ->
          conditions
              .set(Conditions.READY, "False", stalled.reason(), stalled.message())
              .set(Conditions.STALLED, "True", stalled.reason(), stalled.message());
    }
    drift(conditions, decision, plan);
    next.conditions = conditions.list();
    return next;
  }

  private static void working(Conditions conditions, String reason, String message) {
    conditions
        .set(Conditions.READY, "False", reason, message)
        .set(Conditions.RECONCILING, "True", reason, message);
  }

  /**
   * What differs. While an update runs AWS shows the values to come, so the difference stays what
   * it was until the function has settled; the same where the function could not be read.
   */
  private void drift(Conditions conditions, Decision decision, @Nullable Plan plan) {
    StatusCondition before =
        previous == null ? null : Conditions.find(previous.conditions, Conditions.DRIFTED);
    boolean settled = plan != null && !(decision instanceof Decision.Wait);
    if (!settled && before != null) {
      conditions.keep(Conditions.DRIFTED);
      return;
    }
    if (plan == null || (plan.isEmpty() && !plan.unknown().isEmpty())) {
      next.drift = null;
      conditions.set(
          Conditions.DRIFTED,
          "Unknown",
          plan == null ? "NotRead" : plan.unknown().getFirst().code(),
          plan == null
              ? "the function could not be read yet"
              : "AWS could not read " + plan.unknown().getFirst().path());
      return;
    }
    next.drift = plan.differences().isEmpty() ? null : shown(plan.differences());
    if (plan.isEmpty()) {
      conditions.set(Conditions.DRIFTED, "False", "InSync", "no managed field differs");
    } else {
      conditions.set(
          Conditions.DRIFTED, "True", "Differs", "differs in " + String.join(", ", plan.fields()));
    }
  }

  private static List<DriftedField> shown(List<Difference> differences) {
    return differences.stream()
        .limit(DRIFT_SHOWN)
        .map(
            difference ->
                new DriftedField(difference.path(), difference.desired(), difference.observed()))
        .toList();
  }
}
