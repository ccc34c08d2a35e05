package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.authorization.WithheldFields;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a resource that holds the finalizer: the fields that its spec manages come back
 * to what they were, by the same reads and guarded updates as ever.
 *
 * <p>Bounded: AWS may be out of reach for good, and a resource that cannot be deleted holds up its
 * namespace. But what is released is lost: not before an attempt has come to a decision, and not
 * while AWS applies its update.
 */
public final class RestoreWorkflow {

  private static final String UNWRITABLE = "the resource's status cannot be written";

  private static final String NO_IDENTITY = "the credentials of its identity are not there yet";

  private static final String NO_TURN =
      "its next request has to wait: the limit of requests or of running updates is reached";

  /** Delay before another attempt at what only a person can repair. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private static final Requeue SOON = new Requeue.After(Duration.ofMillis(500));

  private final Gate attempt;
  private final RestorePolicy policy;
  private final KeptVariables.Reader variables;
  private final RestoreDeadline deadline;
  private final FinalizerRelease release;

  /**
   * Creates a workflow.
   *
   * @param attempt observes, decides, and sends at most one update, as for any other resource
   */
  public RestoreWorkflow(
      Gate attempt,
      RestorePolicy policy,
      KeptVariables.Reader variables,
      RestoreDeadline deadline,
      FinalizerRelease release) {
    this.attempt = attempt;
    this.policy = policy;
    this.variables = variables;
    this.deadline = deadline;
    this.release = release;
  }

  /**
   * A restore under way.
   *
   * @param reconciliation the reconcile with what fields were
   * @param variables the variables among them
   * @param withheld the fields that are not restored
   * @param refused what those were
   */
  private record Restore(
      Reconciliation reconciliation,
      KeptVariables variables,
      WithheldFields withheld,
      Desired refused) {

    /** The withheld fields that are not what they were; all of them if the function is unknown. */
    List<String> missing(Step step) {
      ObservedFunction function = step.function();
      if (function == null) {
        return withheld.paths();
      }
      // No field that can be withheld is in a member that AWS may fail to read.
      List<String> differing =
          Diff.between(refused, function).differences().stream().map(Difference::path).toList();
      return withheld.paths().stream().filter(differing::contains).toList();
    }
  }

  /** The end of a step: the verdict, and the reconcile that it is reported for. */
  public record Ended(Reconciliation reconciliation, Verdict verdict) {}

  /** Takes the next step of a deletion. */
  public Ended run(Reconciliation deletion, Step step) {
    LambdaFunctionConfigSpec spec = deletion.resource().getSpec();
    Verdict verdict = released(deletion, step, spec);
    if (verdict != null) {
      return new Ended(deletion, verdict);
    }
    Desired managed =
        Desired.of(Objects.requireNonNull(spec))
            .owning(deletion.previous().ownership(), path -> false);
    KeptVariables kept = variables.read(deletion, step, managed);
    Baseline former = step.baseline();
    WithheldFields withheld = policy.withheld(deletion, managed.restoring(former, kept.values()));
    Desired before =
        managed.restoring(former.only(path -> !withheld.paths().contains(path)), kept.values());
    Desired refused = managed.restoring(former.only(withheld.paths()::contains), kept.values());
    Target target = deletion.target();
    if (target == null) {
      String problem = Objects.requireNonNull(policy.problem(deletion));
      return new Ended(
          deletion, blocked(deletion, step, before.managedPaths(), problem, AFTER_REFUSAL));
    }
    Restore restore = new Restore(deletion.restoring(before, target), kept, withheld, refused);
    boolean needsTheFunction =
        !before.managedPaths().isEmpty() || !refused.managedPaths().isEmpty();
    return new Ended(
        restore.reconciliation(),
        needsTheFunction ? attempt(restore, step) : complete(restore, step));
  }

  /** Releases a resource for which nothing is restored, or returns null. */
  private @Nullable Verdict released(
      Reconciliation deletion, Step step, @Nullable LambdaFunctionConfigSpec spec) {
    if (step.baseline().fields() == null) {
      return release.release(deletion, step);
    }
    if (spec == null || spec.unreadable() != null) {
      return release.abandon(
          deletion, step, List.of(), "the spec cannot be read, so its fields are unknown");
    }
    if (!policy.isWanted(deletion)) {
      return release.release(deletion, step);
    }
    String prohibition = policy.prohibition(deletion);
    return prohibition == null
        ? null
        : release.abandon(deletion, step, Desired.of(spec).managedPaths(), prohibition);
  }

  private Verdict attempt(Restore restore, Step step) {
    return switch (attempt.check(restore.reconciliation(), step)) {
      case Verdict.Decide(Step decided) -> concluded(restore, decided);
      case Verdict.Pass pass -> Verdict.lookAgain(pass.step(), SOON);
      case Verdict.LookAgain(Step waiting, Requeue requeue) -> waiting(restore, waiting, requeue);
      case Verdict.Failed(Step unreported, StatusRefusedException refusal) ->
          unreported(restore, unreported, refusal);
      case Verdict.Failed failed -> failed;
    };
  }

  /** Looks again: AWS was not asked, or the status not written that announces the update. */
  private Verdict waiting(Restore restore, Step step, Requeue requeue) {
    boolean isQueued = requeue instanceof Requeue.WhenGranted;
    String why = isQueued ? NO_TURN : step.isUpdate() ? UNWRITABLE : NO_IDENTITY;
    String before = deadline.obstacle(restore.reconciliation());
    if (deadline.isOver(restore.reconciliation(), step)) {
      return abandon(
          restore,
          step,
          before == null || before.equals(why) ? why : why + "; before that: " + before);
    }
    // Not later and later, as elsewhere: each step checks the deadline.
    return Verdict.lookAgain(step, isQueued ? requeue : SOON);
  }

  private Verdict unreported(Restore restore, Step step, StatusRefusedException refusal) {
    deadline.tried(restore.reconciliation(), UNWRITABLE);
    return deadline.isOver(restore.reconciliation(), step)
        ? abandon(restore, step, UNWRITABLE)
        : Verdict.failed(step, refusal);
  }

  private Verdict concluded(Restore restore, Step step) {
    return switch (step.decisionMade()) {
      case Decision.InSync inSync -> complete(restore, step);
      case Decision.Stalled stalled when stalled.reason().equals(Decider.FUNCTION_NOT_FOUND) ->
          release.release(restore.reconciliation(), step);
      case Decision.Stalled stalled when stalled.reason().equals(Notice.CONFLICT) ->
          release.release(restore.reconciliation(), step);
      case Decision.InProgress wait -> blocked(restore, step, wait.reason(), wait.message(), wait);
      case Decision.Retry retry -> blocked(restore, step, retry.reason(), retry.message(), retry);
      case Decision.Paused paused ->
          blocked(restore, step, NextStatus.UPDATES_PAUSED, paused.message(), paused);
      case Decision.Stalled stalled ->
          blocked(restore, step, stalled.reason(), stalled.message(), stalled);
      case Decision.Observed observed -> release.release(restore.reconciliation(), step);
      case Decision.Update update -> Verdict.lookAgain(step, SOON);
      case Decision.ReadAgain readAgain -> Verdict.lookAgain(step, SOON);
    };
  }

  /** All fields that can be restored are restored. */
  private Verdict complete(Restore restore, Step step) {
    KeptVariables kept = restore.variables();
    List<String> missing = new ArrayList<>(restore.missing(step));
    String refusal = missing.isEmpty() ? null : restore.withheld().refusal();
    if (kept.problem() != null) {
      missing.addAll(kept.paths());
    }
    String why =
        Stream.of(refusal, kept.problem())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    if (kept.problem() != null && !kept.lost()) {
      deadline.tried(restore.reconciliation(), why);
      return blocked(restore.reconciliation(), step, missing, why, AFTER_REFUSAL);
    }
    return missing.isEmpty()
        ? release.complete(restore.reconciliation(), step, step.restored())
        : release.abandon(restore.reconciliation(), step, missing, why);
  }

  private Verdict blocked(
      Restore restore, Step step, String reason, String message, Decision.Terminal next) {
    List<String> fields = new ArrayList<>(step.differing(restore.reconciliation()));
    fields.addAll(restore.missing(step));
    if (restore.variables().problem() != null) {
      fields.addAll(restore.variables().paths());
    }
    String why = reason + ": " + message;
    if (!FailureKind.isThrottle(reason)) {
      // Throttling is the quota's queue, seen from its other end.
      deadline.tried(restore.reconciliation(), why);
    }
    return blocked(restore.reconciliation(), step, fields, why, next.requeueAfter());
  }

  private Verdict blocked(
      Reconciliation reconciliation, Step step, List<String> fields, String why, Duration delay) {
    Duration left = deadline.left(reconciliation, step);
    if (!left.isPositive()) {
      return release.abandon(reconciliation, step, fields, why);
    }
    return Verdict.decide(
        step,
        new Decision.InProgress(
            NextStatus.RESTORING,
            "restoring the values from before the first update; " + why,
            delay.compareTo(left) < 0 ? delay : left));
  }

  private Verdict abandon(Restore restore, Step step, String why) {
    List<String> fields = new ArrayList<>(step.differing(restore.reconciliation()));
    fields.addAll(restore.missing(step));
    return release.abandon(restore.reconciliation(), step, fields, why);
  }
}
