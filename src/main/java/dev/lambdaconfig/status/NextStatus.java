package dev.lambdaconfig.status;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds the next status.
 *
 * <p>From the moment that a difference is known until it has settled, {@code Ready} is false and
 * {@code Reconciling} true; {@code Ready} is true only on {@link Decision.InSync}. Nothing here
 * changes from pass to pass: a status that says the same is equal, and is not written.
 */
public final class NextStatus {

  /** The reason of {@code Ready} where the function is what the spec wants. */
  public static final String IN_SYNC = "InSync";

  /** The reason of {@code Ready} where the function is only looked at. */
  public static final String OBSERVED = "Observed";

  /** The reason of {@code Ready} from before an update is sent until AWS has answered. */
  public static final String UPDATING = "Updating";

  /** The reason of {@code Ready} while updates like this one are not sent, because they fail. */
  public static final String UPDATES_PAUSED = "UpdatesPaused";

  /** The reason of {@code Ready} while fields come back to what they were before. */
  public static final String RESTORING = "Restoring";

  /** The reason of {@code Ready} from the end of a suspension until the function is looked at. */
  public static final String RESUMED = "Resumed";

  private static final int DRIFT_SHOWN = 100;
  private static final int VALUE_SHOWN = 1024;

  private final @Nullable LambdaFunctionConfigStatus previous;
  private final LambdaFunctionConfigStatus next;
  private final long generation;
  private final Instant now;
  private @Nullable Desired desired;
  private @Nullable ObservedFunction function;
  private boolean restoring;

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
    this.desired = desired;
    List<String> paths = desired.managedPaths();
    next.managedFields = paths.isEmpty() ? null : paths;
    next.region = region == null ? next.region : region;
    return this;
  }

  /**
   * Adds that the resource is being deleted, and what its fields shall become again. What was said
   * of the spec stays: it is not kept any more, but it was.
   */
  public NextStatus restoring(Desired baseline) {
    this.desired = baseline;
    this.restoring = true;
    return this;
  }

  /** Adds what the fields were before the first update. */
  public NextStatus baseline(Baseline baseline) {
    next.baseline = baseline.fields();
    return this;
  }

  /**
   * Adds what AWS answered, unless it is about another function than the one that the status speaks
   * of: its ARN is the pin against just that, and must not move.
   */
  public NextStatus observed(ObservedFunction observed) {
    if (!observed.isOtherThan(previous == null ? null : previous.functionArn)) {
      function = observed;
    }
    return this;
  }

  /** Takes back what AWS once answered: there is no such function now. The ARN stays pinned. */
  public NextStatus absent() {
    function = new ObservedFunction(Value.Structure.EMPTY);
    return this;
  }

  /** Adds the history; the newest update that AWS took gives the time of the last one. */
  public NextStatus history(UpdateHistory history) {
    next.history = history.records().isEmpty() ? null : history.records();
    return this;
  }

  /** Notes that AWS accepted an update just now. */
  public NextStatus applied(Instant when) {
    next.lastAppliedTime = when.truncatedTo(ChronoUnit.SECONDS).toString();
    return this;
  }

  /** Notes the request to reconcile that this pass answers. */
  public NextStatus handled(@Nullable String token) {
    next.lastHandledReconcileAt = token == null ? next.lastHandledReconcileAt : token;
    return this;
  }

  /**
   * Acknowledges a spec that is suspended. Without {@code Ready}, {@code Reconciling} and {@code
   * Stalled} kstatus calls the resource current, so that one suspended resource does not hold up
   * what is applied together with it, and nobody who waits for {@code Ready} takes it for done.
   * What was last seen of the function stays; how it differed from a spec does not.
   */
  public LambdaFunctionConfigStatus suspended() {
    next.drift = null;
    next.conditions =
        new Conditions(previous == null ? null : previous.conditions, generation, now)
            .set(
                Conditions.SUSPENDED,
                "True",
                Notice.SUSPENDED,
                "spec.suspend is true: the function is neither read nor written until it is"
                    + " resumed")
            .list();
    return next;
  }

  /** Says that a suspension has ended, before the function is looked at. */
  public LambdaFunctionConfigStatus resumed() {
    return decided(
        new Decision.InProgress(
            RESUMED, "looking at the function after a suspension", Duration.ZERO),
        null);
  }

  /** Adds what is decided, and the difference that it was decided from. */
  public LambdaFunctionConfigStatus decided(Decision decision, @Nullable Plan plan) {
    Conditions conditions =
        new Conditions(previous == null ? null : previous.conditions, generation, now);
    switch (decision) {
      case Decision.InSync inSync ->
          conditions.set(
              Conditions.READY,
              "True",
              IN_SYNC,
              "the function is what the spec declares"
                  + (inSync.remark() == null ? "" : "; " + inSync.remark()));
      case Decision.Observed observed ->
          conditions.set(
              Conditions.READY,
              "True",
              OBSERVED,
              (observed.plan().isEmpty()
                      ? "the function is what the spec declares; "
                      : "what differs is in status.drift; ")
                  + (observed.mode() == OperatorMode.OBSERVE
                      ? "the operator runs with --mode=Observe and never writes"
                      : "mode: Observe never writes"));
      case Decision.Update update -> updating(conditions, update);
      case Decision.ReadAgain readAgain ->
          working(
              conditions,
              "Changed",
              "the function changed while it was looked at; reading it again");
      case Decision.InProgress wait -> working(conditions, wait.reason(), wait.message());
      case Decision.Retry retry -> working(conditions, retry.reason(), retry.message());
      case Decision.Paused paused -> working(conditions, UPDATES_PAUSED, paused.message());
      case Decision.Stalled stalled ->
          conditions
              .set(Conditions.READY, "False", stalled.reason(), stalled.message())
              .set(Conditions.STALLED, "True", stalled.reason(), stalled.message());
    }
    if (function != null) {
      FunctionFacts.write(
          function,
          Redaction.of(desired, function)
              .withholdingReasons(UpdateHistory.of(next).mayRepeatUnknownValues(generation)),
          next);
    }
    if (restoring) {
      conditions.keep(Conditions.DRIFTED);
    } else {
      drift(conditions, decision, plan);
    }
    next.conditions = conditions.list();
    return next;
  }

  /** What is tried again keeps saying why it has to be. */
  private void updating(Conditions conditions, Decision.Update update) {
    StatusCondition before =
        previous == null ? null : Conditions.find(previous.conditions, Conditions.READY);
    if (restoring) {
      working(conditions, RESTORING, "putting back " + String.join(", ", update.plan().fields()));
    } else if (update.cause() == Cause.Retried
        && before != null
        && before.status().equals("False")) {
      working(conditions, before.reason(), before.message());
    } else {
      working(
          conditions,
          UPDATING,
          "updating " + String.join(", ", update.plan().fields()) + suffix(update.cause()));
    }
  }

  private static String suffix(Cause cause) {
    return " (" + cause + ")";
  }

  /** Whether a drift was found that is about to be put right. */
  public static boolean announcesDrift(@Nullable StatusCondition ready) {
    return ready != null
        && UPDATING.equals(ready.reason())
        && ready.message() != null
        && ready.message().endsWith(suffix(Cause.DriftCorrected));
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
    if (plan == null || decision instanceof Decision.InProgress) {
      if (before != null && Objects.equals(before.observedGeneration(), generation)) {
        conditions.keep(Conditions.DRIFTED);
      } else {
        // What was found for another spec says nothing about this one.
        unknownDrift(conditions, "NotRead", "the function was not read at rest for this spec yet");
      }
      return;
    }
    if (plan.isEmpty() && !plan.unknown().isEmpty()) {
      Plan.Unknown unknown = plan.unknown().getFirst();
      unknownDrift(conditions, unknown.code(), "AWS could not read " + unknown.path());
      return;
    }
    next.drift = plan.differences().isEmpty() ? null : shown(plan.differences());
    if (plan.isEmpty()) {
      conditions.set(Conditions.DRIFTED, "False", IN_SYNC, "no managed field differs");
    } else {
      conditions.set(
          Conditions.DRIFTED, "True", "Differs", "differs in " + String.join(", ", plan.fields()));
    }
  }

  private void unknownDrift(Conditions conditions, String reason, String message) {
    next.drift = null;
    conditions.set(Conditions.DRIFTED, "Unknown", reason, message);
  }

  private static List<DriftedField> shown(List<Difference> differences) {
    return differences.stream()
        .limit(DRIFT_SHOWN)
        .map(
            difference ->
                new DriftedField(
                    difference.path(),
                    bounded(difference.desired()),
                    bounded(difference.observed())))
        .toList();
  }

  /** A command can be longer than all other fields of the status together. */
  private static String bounded(String text) {
    return text.length() <= VALUE_SHOWN ? text : Conditions.cut(text, VALUE_SHOWN) + "…";
  }
}
