package dev.lambdaconfig.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.HistoryChange;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.EntryOwnership;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the next status.
 *
 * <p>{@code Ready} is true only on {@link Decision.InSync} and {@link Decision.Observed}; from the
 * moment a difference to correct is known until the function has settled, it is false and {@code
 * Reconciling} true. Two reconciles with the same result build equal statuses, and an equal status
 * is not written.
 */
public final class NextStatus {

  /** The reason of {@code Ready} where the function is as the spec declares it. */
  public static final String IN_SYNC = "InSync";

  /** The reason of {@code Ready} where the operator only observes the function. */
  public static final String OBSERVED = "Observed";

  /** The reason of {@code Ready} from before an update is sent until AWS has answered. */
  public static final String UPDATING = "Updating";

  /** The reason of {@code Ready} while updates like this one are not sent, because they fail. */
  public static final String UPDATES_PAUSED = "UpdatesPaused";

  /** The reason of {@code Ready} while the fields of a deleted resource are restored. */
  public static final String RESTORING = "Restoring";

  /** The reason of {@code Ready} from the end of a suspension until the function is read. */
  public static final String RESUMED = "Resumed";

  /** The reason of {@code Drifted} where only fields differ whose drift is ignored. */
  public static final String DRIFT_IGNORED = "DriftIgnored";

  /** The reason of {@code Ready} while the function is read again before an update. */
  static final String CHANGED = "Changed";

  private final @Nullable LambdaFunctionConfigStatus previous;
  private final LambdaFunctionConfigStatus next;
  private final long generation;
  private final Instant now;
  private @Nullable Desired desired;
  private @Nullable ObservedFunction function;
  private boolean restoring;
  private @Nullable Announcement announcement;

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
   * @param generation the generation of the spec that this reconcile acted on
   */
  public static NextStatus after(
      @Nullable LambdaFunctionConfigStatus previous, long generation, Instant now) {
    return new NextStatus(previous, generation, now);
  }

  /** Adds the fields that the spec manages, and the Region. */
  public NextStatus managing(Desired desired, @Nullable String region) {
    this.desired = desired;
    List<String> paths = desired.managedPaths();
    next.managedFields = paths.isEmpty() ? null : paths;
    if (desired.sources().digest() == null) {
      next.valueSources = null;
    }
    next.region = region == null ? next.region : region;
    return this;
  }

  /**
   * Adds that the resource is being deleted, and the settings that its fields are restored to.
   * Facts about the former spec stay.
   */
  public NextStatus restoring(Desired baseline) {
    this.desired = baseline;
    this.restoring = true;
    return this;
  }

  /** Adds the baseline. */
  public NextStatus baseline(Baseline baseline) {
    next.baseline = baseline.fields();
    return this;
  }

  /**
   * Adds the facts of an answer, unless it is about another function than the status: its ARN is
   * the pin against such an answer, and must not move.
   */
  public NextStatus observed(ObservedFunction observed) {
    if (!observed.isOtherThan(previous == null ? null : previous.functionArn)) {
      function = observed;
    }
    return this;
  }

  /**
   * Removes the facts of former answers, because the function does not exist now. The ARN stays
   * pinned.
   */
  public NextStatus absent() {
    function = new ObservedFunction(Value.Structure.EMPTY);
    return this;
  }

  /** Adds the history; the newest update that AWS accepted gives the time of the last one. */
  public NextStatus history(UpdateHistory history) {
    next.history = history.records().isEmpty() ? null : history.records();
    return this;
  }

  /** Adds the end of the update that was announced, where the history does not show it. */
  public NextStatus announcement(Announcement end) {
    announcement = end;
    return this;
  }

  /** Records the time of an update that AWS has just accepted. */
  public NextStatus applied(Instant when) {
    next.lastAppliedTime = when.truncatedTo(ChronoUnit.SECONDS).toString();
    return this;
  }

  /** Records the request to reconcile that this reconcile answers. */
  public NextStatus handled(@Nullable String token) {
    next.lastHandledReconcileAt = token == null ? next.lastHandledReconcileAt : token;
    return this;
  }

  /**
   * Acknowledges a suspended spec. Without {@code Ready}, {@code Reconciling} and {@code Stalled},
   * kstatus reports the resource as current: one suspended resource does not block the others of
   * its release, and nobody who waits for {@code Ready} takes it for done. The facts of the
   * function stay; its drift does not.
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

  /** Reports the end of a suspension, before the function is read. */
  public LambdaFunctionConfigStatus resumed() {
    return decided(
        new Decision.InProgress(RESUMED, "reading the function after a suspension", Duration.ZERO),
        null);
  }

  /** Adds the decision, and the difference on which it is based. */
  public LambdaFunctionConfigStatus decided(Decision decision, @Nullable Plan plan) {
    Conditions conditions =
        new Conditions(previous == null ? null : previous.conditions, generation, now);
    if (desired != null
        && !restoring
        && (decision instanceof Decision.InSync || decision instanceof Decision.Observed)) {
      next.valueSources = ValueSourceFacts.of(desired);
    }
    switch (decision) {
      case Decision.InSync inSync ->
          conditions.set(
              Conditions.READY,
              "True",
              IN_SYNC,
              "the function matches the spec"
                  + (inSync.remark() == null ? "" : "; " + inSync.remark()));
      case Decision.Observed observed ->
          conditions.set(Conditions.READY, "True", OBSERVED, ObservedMessage.of(observed));
      case Decision.Update update -> updating(conditions, update);
      case Decision.ReadAgain readAgain ->
          working(conditions, CHANGED, "the function changed while it was read; reading it again");
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
              .withholdingReasons(UpdateHistory.of(next).mayRepeatUnknownValues(version())),
          next);
    }
    if (restoring) {
      conditions.keep(Conditions.DRIFTED);
    } else {
      new DriftFacts(previous, generation).write(conditions, decision, plan, next);
      if (desired != null && desired.unresolved() == null) {
        HistoryChange change =
            new HistoryChange(UpdateHistory.of(previous), UpdateHistory.of(next));
        next.ignoredDrift =
            desired.ignored().after(plan, function, change.settledFields()).reported(generation);
        next.owned =
            EntryOwnership.of(previous == null ? null : previous.owned)
                .after(
                    desired,
                    announcement == null ? change.announcement(false) : announcement,
                    decision instanceof Decision.Update ? plan : null,
                    function != null && function.lifecycle().isSettled() ? function : null)
                .fields();
      }
    }
    next.conditions = conditions.list();
    return next;
  }

  private DesiredVersion version() {
    return desired == null ? DesiredVersion.of(generation) : DesiredVersion.of(generation, desired);
  }

  /** Reports an update. One that is tried again keeps the reason of the failure. */
  private void updating(Conditions conditions, Decision.Update update) {
    StatusCondition before =
        previous == null ? null : Conditions.find(previous.conditions, Conditions.READY);
    if (restoring) {
      working(conditions, RESTORING, "restoring " + String.join(", ", update.plan().fields()));
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

  /** Whether a condition reports drift that the operator is about to correct. */
  public static boolean announcesDrift(@Nullable StatusCondition ready) {
    return announced(ready) == Cause.DriftCorrected;
  }

  /** The cause of the update that a condition announces, or null where it announces none. */
  public static @Nullable Cause announced(@Nullable StatusCondition ready) {
    if (ready == null || !UPDATING.equals(ready.reason()) || ready.message() == null) {
      return null;
    }
    return Arrays.stream(Cause.values())
        .filter(cause -> ready.message().endsWith(suffix(cause)))
        .findFirst()
        .orElse(null);
  }

  private static void working(Conditions conditions, String reason, String message) {
    conditions
        .set(Conditions.READY, "False", reason, message)
        .set(Conditions.RECONCILING, "True", reason, message);
  }
}
